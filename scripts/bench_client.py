"""The two ways in which the bench talks to a server: as a browser would, and at a fixed pace."""

from __future__ import annotations

import asyncio
import http.client
import re
import time
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlencode

from paths import Stop


@dataclass
class Visit:
    """What a browser with an empty cache fetches to show a page."""

    bytes: int
    requests: int


class Browser:
    """Cookies, forms and the files that a page names; one connection a request."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> bytes:
        """The page's bytes, redirects followed."""
        for _ in range(5):
            answer, body = self._ask("GET", path)
            if answer.status < 300:
                return body
            if answer.status >= 400:
                raise Stop(f"GET {path} was answered {answer.status}.")
            path = answer.headers["Location"]
        raise Stop(f"{path} redirects without end.")

    def submit(self, path: str, word: str) -> None:
        """Posts the page's form whose address contains `word`, as it stands."""
        forms = _Forms(self.get(path).decode())
        matching = [form for form in forms.found if word in form[0]]
        if not matching:
            raise Stop(f"{path} has no form that posts to an address with “{word}”.")
        action, fields = matching[0]
        answer, _ = self._ask("POST", action, urlencode(fields), {"Referer": f"http://{self.address}{path}"})
        if answer.status >= 400:
            raise Stop(f"POST {action} was answered {answer.status}.")

    def cookie(self) -> str:
        """The header's value."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def first_visit(self, path: str) -> Visit:
        """The page and every file that it names, as they travel: compressed, with their headers."""
        files = _files(self.get(path).decode())
        visit = Visit(0, 0)
        for file in dict.fromkeys([path, *files]):
            answer, content = self._ask("GET", file, headers={"Accept-Encoding": "br, gzip"})
            if answer.status != 200:
                raise Stop(f"{path} needs {file}, which was answered {answer.status}.")
            visit.bytes += _on_the_wire(answer, content)
            visit.requests += 1
        return visit

    def _ask(self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None):
        headers = {"Accept-Encoding": "identity", "Cookie": self.cookie(), **(headers or {})}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{self.address}"}
        connection = http.client.HTTPConnection(self.address, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return answer, content


class _Forms(HTMLParser):
    """Each form's address, and the fields that have a value."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, str]]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes) -> None:
        values = dict(attributes)
        if tag == "form":
            self.found.append((values.get("action") or "", []))
        elif tag == "input" and self.found and values.get("name"):
            self.found[-1][1].append((values["name"], values.get("value") or ""))


def _files(page: str) -> list[str]:
    """What the page makes a browser fetch from this server."""
    names = re.findall(r"<link\b[^>]*\bhref=\"(/[^\"]+)\"", page)
    names += re.findall(r"<(?:script|img)\b[^>]*\bsrc=\"(/[^\"]+)\"", page)
    return names


def _on_the_wire(answer: http.client.HTTPResponse, body: bytes) -> int:
    return len(body) + len(str(answer.headers)) + len(f"HTTP/1.1 {answer.status} {answer.reason}\r\n")


def paced(address: str, path: str, cookie: str, per_second: int, seconds: int) -> list[float]:
    """Milliseconds that each request waited, counted from when it was due.

    Requests are sent on time whether or not earlier ones were answered, so a
    server that pauses is seen to make all of them wait.
    """
    return asyncio.run(_paced(address, path, cookie, per_second, per_second * seconds))


async def _paced(address: str, path: str, cookie: str, per_second: int, count: int) -> list[float]:
    host, port = address.split(":")
    request = f"GET {path} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\n\r\n".encode()
    idle: asyncio.LifoQueue = asyncio.LifoQueue()
    waits: list[float] = []

    async def one(due: float) -> None:
        try:
            reader, writer = idle.get_nowait()
        except asyncio.QueueEmpty:
            reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(request)
        await _read_answer(reader)
        waits.append((time.perf_counter() - due) * 1000)
        idle.put_nowait((reader, writer))

    begun = time.perf_counter()
    sent = []
    for number in range(count):
        due = begun + number / per_second
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        sent.append(asyncio.create_task(one(due)))
    await asyncio.gather(*sent)
    while not idle.empty():
        idle.get_nowait()[1].close()
    return waits


async def _read_answer(reader: asyncio.StreamReader) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    if " 200 " not in head.split("\r\n", 1)[0]:
        raise Stop(f"Under the pace the server answered {head.splitlines()[0]}.")
    length = re.search(r"^content-length: (\d+)", head, re.M)
    if length:
        await reader.readexactly(int(length.group(1)))
        return
    # Chunked, as streamed pages are.
    while size := int((await reader.readline()).strip(), 16):
        await reader.readexactly(size + 2)
    await reader.readline()
