"""Why a connection to somebody else's server failed, for the log and the technician: host and reason, nothing else."""

from socket import gaierror
from ssl import SSLCertVerificationError, SSLError
from urllib.parse import urlsplit


def why(error: BaseException, url: str) -> str:
    """What is wrong with the line to that address; the kind of error where it says no more."""
    host = urlsplit(url).hostname or "that address"  # all else of it may be a secret
    match _cause(error):
        case SSLCertVerificationError() as refused:
            return f"TLS to {host}: {refused.verify_message or refused.reason}"
        case SSLError() as broken:
            return f"TLS to {host}: {broken.reason or type(broken).__name__}"
        case gaierror() as unknown:
            return f"{host} cannot be looked up: {unknown.strerror}"
        case cause:
            return type(cause).__name__


def _cause(error: BaseException) -> BaseException:
    """urllib says it in `reason`; others raise it from what happened."""
    inner = getattr(error, "reason", None)
    if isinstance(inner, BaseException):
        return _cause(inner)
    if isinstance(error, SSLError | gaierror):
        return error
    before = error.__cause__ or error.__context__
    found = _cause(before) if before else error
    return found if isinstance(found, SSLError | gaierror) else error
