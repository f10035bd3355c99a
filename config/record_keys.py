"""Record keys as an installation gives them."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, SecretStr
from pydantic_settings import NoDecode


def _bytes_in_hex(key: SecretStr) -> SecretStr:
    try:
        long_enough = len(bytes.fromhex(key.get_secret_value())) >= 32
    except ValueError:
        long_enough = False
    if not long_enough:
        raise ValueError("must be at least 64 hexadecimal digits; make one with: openssl rand -hex 32")
    return key


def _one_by_one(given: object) -> object:
    """With commas between them, or each on a line."""
    return given.replace(",", " ").split() if isinstance(given, str) else given


HexKey = Annotated[SecretStr, AfterValidator(_bytes_in_hex)]
OldKeys = Annotated[tuple[HexKey, ...], NoDecode, BeforeValidator(_one_by_one)]
