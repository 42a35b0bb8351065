"""Who may talk to the page: this machine's own browser, by its right name, and nothing from other sites."""

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class Guard:
    """Knows the names under which the page is served.

    A browser that was lured to another site's name for this machine (DNS rebinding) gives that name as
    Host, and another site's page gives its own as Origin; both are refused.
    """

    def __init__(self, host: str, port: int) -> None:
        self.is_open = not is_loopback(host)
        self._port, self._own = port, {*LOOPBACK, bracketed(host)}

    def lets_in(self, headers: Mapping[str, str], *, needs_origin: bool) -> bool:
        """Whether a request's Host is ours and its Origin, if there is or must be one, the same."""
        host, origin = headers.get("host", ""), headers.get("origin")
        if not self._knows(host):
            return False
        return not needs_origin if origin is None else origin.lower() == f"http://{host.lower()}"

    def _knows(self, host: str) -> bool:
        try:
            parts = urlsplit(f"//{host}")
            port = parts.port or 80
        except ValueError:
            return False
        name = bracketed(parts.hostname or "")
        plain = parts.netloc == host and parts.username is None
        return plain and port == self._port and (name in self._own or (self.is_open and is_address(name)))


def bracketed(host: str) -> str:
    """A host as it stands in an address."""
    return f"[{host}]" if ":" in host else host.lower()


def is_address(host: str) -> bool:
    """Whether a host is a number, which no other site can make point here."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether a host can be reached from this machine alone."""
    return host == "localhost" or (is_address(host) and ipaddress.ip_address(host.strip("[]")).is_loopback)


def headers(host: str) -> dict[str, str]:
    """What every answer carries: nothing may be loaded from elsewhere, framed, guessed or kept."""
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        f"connect-src 'self' ws://{host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
