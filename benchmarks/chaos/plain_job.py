"""The plain job of a peer: it posts the page. Beside nothing that an RQ worker would have to import for each job."""

import json
import urllib.request


def page(url: str, case: str) -> None:
    body = json.dumps({"alerts": [{"labels": {"case": case}}]}).encode()
    urllib.request.urlopen(url, body, timeout=30).close()  # nosec B310 # http, to the receiver started here
