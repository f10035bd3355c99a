"""files.*: reserve a place, upload to it, then share it into a channel."""

from sandbox import posting
from sandbox.errors import ApiError
from sandbox.web_api import lookup
from sandbox.web_api.args import Args
from sandbox.web_api.registry import Caller, method
from sandbox.wire import JSON


@method("files.getUploadURLExternal")
def get_upload_url(caller: Caller, args: Args) -> JSON:
    file_id = caller.team.ids.next("F")
    caller.team.files[file_id] = {
        "id": file_id,
        "name": args.required("filename"),
        "title": args.required("filename"),
        "size": args.number("length", 0),
        "alt_txt": args.text("alt_txt"),
        "user": caller.user,
        "url_private": f"{caller.slack.base_url}/files/{file_id}",
    }
    return {"upload_url": f"{caller.slack.base_url}/upload/{file_id}", "file_id": file_id}


@method("files.completeUploadExternal")
def complete_upload(caller: Caller, args: Args) -> JSON:
    files = [_uploaded(caller, each) for each in args.decoded("files", "invalid_arguments") or []]
    channel_id = args.text("channel_id") or args.text("channels")
    if channel_id:
        _share(caller, args, channel_id, files)
    return {"files": files}


def _uploaded(caller: Caller, given: JSON) -> JSON:
    file = caller.team.files.get(str(given.get("id")))
    if file is None or "content" not in file:
        raise ApiError("file_not_found")
    file["title"] = given.get("title") or file["name"]
    return {key: value for key, value in file.items() if key != "content"}


def _share(caller: Caller, args: Args, channel_id: str, files: list[JSON]) -> None:
    channel = lookup.member_channel(caller, channel_id)
    said = {"text": args.text("initial_comment") or ""}
    message = posting.by_app(
        caller.slack, caller.app, channel, said, thread_ts=args.text("thread_ts"), files=files
    )
    posting.post(caller.slack, message)
