"""A client for a Chancery server, with the types that generate.mjs generated from its schema."""

import json
import time
from collections.abc import Iterator
from typing import Any, cast

import httpx

from operations import FollowTransactions, Request, Result, follow

MAX_ATTEMPTS = 5


class GraphQLError(Exception):
    """The errors of a response. Programs should decide by the code."""

    def __init__(self, errors: list[Any]) -> None:
        super().__init__("\n".join(error["message"] for error in errors))
        self.code: str = errors[0].get("extensions", {}).get("code", "")


class Chancery:
    """Sends operations to one server, with one token."""

    def __init__(self, address: str, token: str | None) -> None:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        self._http = httpx.Client(base_url=address, headers=headers, timeout=35)

    def execute(self, request: Request[Result]) -> Result:
        """Returns the data of the response.

        Retries when the response is lost, or when the server is overloaded and gives a
        delay. That is safe for queries, and for mutations with an idempotencyKey.
        """
        attempt = 1
        while True:
            delay = 0.1 * 2**attempt
            try:
                response = self._http.post(
                    "/graphql",
                    json=body(request),
                    headers={"accept": "application/graphql-response+json"},
                )
                if not overloaded(response) or attempt == MAX_ATTEMPTS:
                    return cast(Result, data_of(response))
                delay = float(response.headers["retry-after"])
            except httpx.TransportError:
                if attempt == MAX_ATTEMPTS:
                    raise
            time.sleep(delay)
            attempt += 1

    def follow(self, after: int) -> Iterator[FollowTransactions]:
        """Yields every transaction after that number, including new ones.

        When the connection is lost it resumes after the last transaction that it
        received, so none is missing and none is repeated.
        """
        while True:
            try:
                for transaction in self._stream(after):
                    after = transaction["number"]
                    yield transaction
            except GraphQLError as error:
                if error.code != "RESUME":  # this client was too slow: subscribe again
                    raise
            except httpx.TransportError:
                pass
            time.sleep(0.5)

    def _stream(self, after: int) -> Iterator[FollowTransactions]:
        # The server sends a keep-alive every 15 seconds.
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
                    event = json.loads(line.removeprefix("data: "))
                    if event.get("errors"):
                        raise GraphQLError(event["errors"])
                    yield event["data"]["transactions"]


def overloaded(response: httpx.Response) -> bool:
    """Reports whether the server asks for a retry after a delay."""
    return response.status_code in (429, 503) and "retry-after" in response.headers


def body(request: Request[Any]) -> dict[str, object]:
    """Returns the request as JSON; omits variables that are None, so that defaults apply."""
    variables = {name: value for name, value in request.variables.items() if value is not None}
    return {"operationName": request.operation, "query": request.query, "variables": variables}


def data_of(response: httpx.Response) -> Any:
    """Returns the data of a response, or raises its errors; partial data is discarded."""
    if "json" not in response.headers.get("content-type", ""):
        response.raise_for_status()
    result = response.json()
    if result.get("errors"):
        raise GraphQLError(result["errors"])
    return result["data"]
