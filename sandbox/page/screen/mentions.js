// Was I called? What the phone rang for is what the badge counts.
import { state } from "../state/store.js";

export function mentionsMe(message) {
  return state.screen.notifications.some((each) => each.channel === message.channel && each.ts === message.ts);
}
