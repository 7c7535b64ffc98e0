"""Asks a Chancery server, with the types that generate.mjs made from its schema."""

import json
import time
from collections.abc import Iterator
from typing import Any, cast

import httpx

from operations import Answer, FollowTransactions, Request, follow

ATTEMPTS = 5


class Refusal(Exception):
    """What the server says is wrong with a request; the code is for programs."""

    def __init__(self, errors: list[Any]) -> None:
        super().__init__("\n".join(error["message"] for error in errors))
        self.code: str = errors[0].get("extensions", {}).get("code", "")


class Chancery:
    """A server, and by whom it is asked."""

    def __init__(self, address: str, token: str | None) -> None:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        self._http = httpx.Client(base_url=address, headers=headers, timeout=35)

    def ask(self, request: Request[Answer]) -> Answer:
        """Gives the data of the answer.

        Asks once more when an answer was lost, or when the server is too busy and says
        when to come back. That is safe for whatever reads, and for mutations with an
        idempotencyKey.
        """
        attempt = 1
        while True:
            wait = 0.1 * 2**attempt
            try:
                response = self._http.post(
                    "/graphql",
                    json=body(request),
                    headers={"accept": "application/graphql-response+json"},
                )
                if not too_busy(response) or attempt == ATTEMPTS:
                    return cast(Answer, data_of(response))
                wait = float(response.headers["retry-after"])
            except httpx.TransportError:
                if attempt == ATTEMPTS:
                    raise
            time.sleep(wait)
            attempt += 1

    def follow(self, after: int) -> Iterator[FollowTransactions]:
        """Every transaction behind that number, and then each as it is written.

        When the line breaks, it goes on behind the last one that came: none is left out
        and none comes twice.
        """
        while True:
            try:
                for seen in self._stream(after):
                    after = seen["number"]
                    yield seen
            except Refusal as refusal:
                if refusal.code != "RESUME":  # we were too slow, and come back
                    raise
            except httpx.TransportError:
                pass
            time.sleep(0.5)

    def _stream(self, after: int) -> Iterator[FollowTransactions]:
        # The server gives a sign of life every 15 seconds.
        with self._http.stream(
            "POST",
            "/graphql",
            json=body(follow(after=after)),
            headers={"accept": "text/event-stream"},
            timeout=40,
        ) as response:
            if response.headers["content-type"] != "text/event-stream":
                response.read()
                response.raise_for_status()
                data_of(response)
            for line in response.iter_lines():
                if line.startswith("data: "):
                    answer = json.loads(line.removeprefix("data: "))
                    if answer.get("errors"):
                        raise Refusal(answer["errors"])
                    yield answer["data"]["transactions"]


def too_busy(response: httpx.Response) -> bool:
    """Whether the server says when it wants to be asked again."""
    return response.status_code in (429, 503) and "retry-after" in response.headers


def body(request: Request[Any]) -> dict[str, object]:
    """The request as it is sent; None is left out, so that defaults apply."""
    variables = {name: value for name, value in request.variables.items() if value is not None}
    return {"operationName": request.operation, "query": request.query, "variables": variables}


def data_of(response: httpx.Response) -> Any:
    """The answer's data; errors have data beside them only where a field may be null."""
    if "json" not in response.headers.get("content-type", ""):
        response.raise_for_status()
    answer = response.json()
    if answer.get("errors"):
        raise Refusal(answer["errors"])
    return answer["data"]
