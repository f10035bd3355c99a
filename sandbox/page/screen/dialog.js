// Dialogs: the browser keeps the focus inside and everything behind out of reach.
export function opensAsDialog(node) {
  node.cameFrom = document.activeElement;
  node.showModal();
  focusFirst(node);
}

export function focusFirst(node) {
  const wanted = node.querySelector("[data-focus]") ?? node.querySelector(FIELDS) ?? node.querySelector(".primary") ?? node.querySelector("button");
  wanted?.focus();
}

export function givesFocusBack(node) {
  const { cameFrom } = node;
  setTimeout(() => {
    if (document.activeElement && document.activeElement !== document.body) return;
    const place = cameFrom?.isConnected ? cameFrom : document.querySelector(".composer textarea");
    place?.focus({ preventScroll: true });
  });
}

const FIELDS = ".modal-body input, .modal-body textarea";
