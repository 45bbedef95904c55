"""Owns what goes wrong at the lab's endpoint on purpose: mishaps planted by JSON lines on standard input, each taken by so many requests of one operation."""
import json, socket, struct, sys, threading, time

class Reset(Exception):
    """Whoever holds the connection closes it without a farewell."""


BLOCK = b"x" * 65536
SPOILT = ("half", "truncated", "short", "pieces", "slow", "endless")


class Mishaps:
    """{"at": operation, "kind": word, "skip": n, "times": n, ...} plants one, {"clear": true} takes all away; each line is answered by {"planted": how many there are, "shells": how many}."""

    def __init__(self, say, shells):
        self.lock, self.all, self.say, self.shells = threading.Lock(), [], say, shells
        threading.Thread(target=self.hear, daemon=True).start()

    def hear(self):
        for line in sys.stdin:
            wish = json.loads(line)
            with self.lock:
                if wish.get("clear"):
                    self.all.clear()
                else:
                    self.all.append({"skip": 0, "times": 1, **wish})
                count = len(self.all)
            self.say(planted=count, shells=len(self.shells))

    def take(self, operation):
        """The mishap of this request, or an empty one."""
        with self.lock:
            for one in self.all:
                if one["at"] != operation or one["times"] == 0:
                    continue
                if one["skip"] > 0:
                    one["skip"] -= 1
                    continue
                one["times"] -= 1
                return one
        return {}


def reset(connection):
    """Ends a connection as a cut line or a restarted machine does: what was not read is thrown away at both ends."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    raise Reset


def renumbered(body):
    """A sealed answer whose signature has the next number instead of its own."""
    at = body.index(b"octet-stream\r\n") + len(b"octet-stream\r\n") + 4 + 12
    return body[:at] + ((int.from_bytes(body[at:at + 4], "little") + 1) & 0xFFFFFFFF).to_bytes(4, "little") + body[at + 4:]


def spoilt(mishap, stream, connection, head, body, say):
    """Writes an answer the wrong way."""
    kind = mishap["kind"]
    whole = head + b"Content-Length: %d\r\n\r\n" % len(body) + body
    if kind == "half":
        stream.write(whole[:len(whole) - len(body) // 2])
        stream.flush()
        reset(connection)
    elif kind == "truncated":
        stream.write(whole[:len(whole) - len(body) // 2])
        stream.flush()
        raise ConnectionError
    elif kind == "short":
        stream.write(head + b"Content-Length: %d\r\n\r\n" % (len(body) // 2) + body[:len(body) // 2])
        stream.flush()
    elif kind == "pieces":
        stream.write(head + b"Transfer-Encoding: chunked\r\n\r\n")
        for at in range(0, len(body), 7):
            stream.write(b"%x\r\n%s\r\n" % (len(body[at:at + 7]), body[at:at + 7]))
            stream.flush()
        stream.write(b"0\r\n\r\n")
        stream.flush()
    elif kind == "slow":
        for at in range(len(whole)):
            stream.write(whole[at:at + 1])
            stream.flush()
            time.sleep(mishap["seconds"])
    else:
        sent = 0
        stream.write(head + b"Transfer-Encoding: chunked\r\n\r\n")
        try:
            while True:
                stream.write(b"%x\r\n%s\r\n" % (len(BLOCK), BLOCK))
                stream.flush()
                sent += len(BLOCK)
        finally:
            say(endless=sent)
