"""Where the record's server is, as the settings say."""

from bot.store.address import ServerAddress
from config.settings import Settings


def record_server(settings: Settings) -> ServerAddress | None:
    """None where `missing-bot run` starts one."""
    if settings.redis_url is None:
        return None
    password = settings.sentinel_password
    return ServerAddress(
        url=settings.redis_url.get_secret_value(),
        sentinels=settings.sentinels,
        sentinel_password=password.get_secret_value() if password else "",
        replicas=settings.replicas,
    )
