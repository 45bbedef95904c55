"""Owns the WinRM service of one lab host: WS-Management over HTTP (5985, sealed) and HTTPS (5986, channel-bound), its commands run in the host's prefix.

Usage: endpoint.py HOST-FOLDER ADDRESS CERTIFICATE KEY; NTLM_USER_FILE names who may sign in, by password; with KRB5_KTNAME it is tickets for its keys instead. Prints a JSON object a line: {"listening": boots} at each boot.
It listens while the host's boot.json says ready, and cuts everything when it does not; what standard input plants goes wrong (mishaps.py). NTLM is Debian's gss-ntlmssp; answers have the shapes Windows was recorded with.
"""
import base64, hashlib, json, os, queue, re, select, signal, socket, ssl, subprocess, sys, threading, time

import gssapi
from gssapi.raw import ChannelBindings

import mishaps, wsman
from wsman import Fault

FOLDER, ADDRESS, CERTIFICATE, KEY = sys.argv[1:5]
NTLM = gssapi.OID.from_int_seq("1.3.6.1.4.1.311.2.2.10")
MECHS = None if "KRB5_KTNAME" in os.environ else [NTLM]
STRICT = os.environ.get("LAB_WINRM_CBT", "strict") == "strict"  # CbtHardeningLevel; Windows has Relaxed unless told
BOUND = 2048  # GSS_C_CHANNEL_BOUND_FLAG
PLAIN = "application/soap+xml;charset=UTF-8"
SEALED = 'multipart/encrypted;protocol="application/HTTP-SPNEGO-session-encrypted";boundary="Encrypted Boundary"'
MOST_ENVELOPE = 512000  # MaxEnvelopeSizekb 500, as recorded
MOST_SHELLS = int(os.environ.get("LAB_WINRM_SHELLS", "5"))  # what the smallest Windows allows one user
MOST_HELD = 1 << 20  # Output nobody asks for blocks the program, as on Windows.
with open(CERTIFICATE) as file:
    BINDING = ChannelBindings(application_data=b"tls-server-end-point:" + hashlib.sha256(ssl.PEM_cert_to_DER_cert(file.read())).digest())

# Issuers of client certificates, and whom each certificate (by the SHA-256 of its DER) is mapped to; like New-Item WSMan:\\localhost\\ClientCertificate.
CLIENT_ISSUERS = os.environ.get("LAB_WINRM_CLIENT_ISSUERS")
MAPPED = json.loads(os.environ.get("LAB_WINRM_MAPPED", "{}"))
BY_CERTIFICATE = "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual"

lock = threading.Lock()
shells = {}  # by id
connections = set()
to_start = queue.Queue()


def say(**event):
    with lock:
        print(json.dumps(event), flush=True)


planted = mishaps.Mishaps(say, shells)


def boots():
    """How often the host has booted while it is up, 0 while it is not."""
    try:
        with open(os.path.join(FOLDER, "boot.json")) as file:
            record = json.load(file)
        return record["boots"] if record["ready"] else 0
    except (OSError, ValueError):
        return 0


class Command:
    """A program in the host's prefix, begun the way a session of its sshd begins one, and what it has written."""

    def __init__(self, line):
        self.changed = threading.Condition()
        self.output, self.held, self.exit, self.gone, self.open = [], 0, None, False, 2
        answer = queue.Queue()
        to_start.put((line, answer))
        self.program = answer.get()
        for name in ("stdout", "stderr"):
            threading.Thread(target=self.read, args=(name, getattr(self.program, name)), daemon=True).start()

    def read(self, name, stream):
        while piece := os.read(stream.fileno(), 16384):
            with self.changed:
                self.changed.wait_for(lambda: self.held < MOST_HELD or self.gone)
                self.output.append((name, piece))
                self.held += len(piece)
                self.changed.notify_all()
        with self.changed:
            self.open -= 1
            if self.open == 0:
                code = self.program.wait()
                self.exit = 0xC000013A if code < 0 else code  # STATUS_CONTROL_C_EXIT
            self.changed.notify_all()

    def receive(self, seconds, abandoned, kind=None):
        """What was written and, behind the last of it, the exit code; None when there was nothing in that time. `kind`: all of it at once, or byte by byte."""
        if kind == "joined":
            with self.changed:
                self.changed.wait_for(lambda: self.exit is not None or self.gone)
                self.output = [(name, b"".join(piece for one, piece in self.output if one == name)) for name in ("stdout", "stderr")]
        until = time.monotonic() + seconds
        with self.changed:
            while not self.output and self.exit is None and not self.gone:
                if abandoned():
                    raise ConnectionError
                if time.monotonic() >= until:
                    raise Fault(wsman.NOT_YET)
                self.changed.wait(0.05)
            if self.gone:
                raise Fault(995)
            taken, size = [], 0
            while self.output and size < 65536:
                taken.append(self.output.pop(0))
                size += len(taken[-1][1])
            self.held -= size
            self.changed.notify_all()
            if kind == "split":
                taken = [(name, piece[at:at + 1]) for name, piece in taken for at in range(len(piece))]
            return taken, self.exit if not self.output else None

    def write(self, data, end):
        try:
            self.program.stdin.write(data)
            self.program.stdin.flush()
            if end:
                self.program.stdin.close()
        except (BrokenPipeError, ValueError):
            pass

    def kill(self):
        if self.program.poll() is None:
            self.program.send_signal(signal.SIGKILL)

    def remove(self):
        with self.changed:
            self.gone = True
            self.changed.notify_all()
        self.kill()


class Shell:
    def __init__(self, idle):
        self.commands, self.idle, self.used = {}, idle, time.monotonic()

    def end(self):
        for command in list(self.commands.values()):
            command.remove()


def work(request, abandoned, kind):
    """The body of the answer to one request; a mishap of that `kind` is on it."""
    if request.operation == "identify":
        return wsman.identified()
    if request.operation == "get":
        return wsman.config(MOST_SHELLS)
    if request.operation == "create":
        with lock:
            for name in [name for name, shell in shells.items() if time.monotonic() - shell.used > shell.idle]:
                shells.pop(name).end()
            if len(shells) >= MOST_SHELLS:
                raise Fault(wsman.TOO_MANY_SHELLS)
            shell_id, idle = request.shell_wish()
            if shell_id in shells:
                raise Fault(183)
            shells[shell_id] = Shell(idle)
        return wsman.created(shell_id)
    with lock:
        shell = shells.pop(request.shell_id, None) if request.operation == "delete" else shells.get(request.shell_id)
    if shell is None:
        raise Fault(wsman.UNKNOWN_SHELL)
    shell.used = time.monotonic()
    if request.operation == "delete":
        shell.end()
        return ""
    if request.operation == "command":
        command_id, line = request.command_line()
        if command_id in shell.commands:
            raise Fault(87)
        shell.commands[command_id] = Command(line)
        return wsman.commanded(command_id)
    command_id = request.command_id()
    command = shell.commands.get(command_id)
    if command is None:
        raise Fault(wsman.UNKNOWN_SHELL)
    if request.operation == "receive":
        streams, code = command.receive(min(request.seconds(), 60), abandoned, kind)
        shell.used = time.monotonic()
        return wsman.received(command_id, streams, code)
    if request.operation == "send":
        command.write(*request.sent())
        return "<rsp:SendResponse/>"
    if request.signal_is("terminate"):
        shell.commands.pop(command_id, None)
        command.remove()
    else:
        command.kill()
    return "<rsp:SignalResponse/>"


def read_request(stream):
    line = stream.readline(65536)
    if not line:
        return None
    headers = {}
    while header := stream.readline(65536).strip():
        name, _, value = header.partition(b":")
        headers[name.strip().lower().decode()] = value.strip().decode()
    return line.split(b" ")[1].decode(), headers, stream.read(int(headers.get("content-length", "0")))


def head_of(status, kind, extra=()):
    typed = ["Content-Type: " + kind] if kind else []
    return "\r\n".join(["HTTP/1.1 %d X" % status, "Server: Microsoft-HTTPAPI/2.0", *extra, *typed, ""]).encode()


def answer(stream, status, body=b"", kind=PLAIN, extra=()):
    stream.write(head_of(status, kind if body else None, extra) + b"Content-Length: %d\r\n\r\n" % len(body) + body)
    stream.flush()


def multipart(context, text):
    sealed = context.wrap(text, True).message
    return (b"--Encrypted Boundary\r\n\tContent-Type: application/HTTP-SPNEGO-session-encrypted\r\n\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=%d\r\n" % len(text)
            + b"--Encrypted Boundary\r\n\tContent-Type: application/octet-stream\r\n" + (16).to_bytes(4, "little") + sealed + b"--Encrypted Boundary--\r\n")


def unseal(context, body):
    length = int(re.search(rb";Length=(\d+)\r\n", body).group(1))
    mark = b"Content-Type: application/octet-stream\r\n"
    at = body.index(mark) + len(mark)
    assert int.from_bytes(body[at:at + 4], "little") == 16
    unwrapped = context.unwrap(body[at + 4:at + 20 + length])
    assert unwrapped.encrypted and body[at + 20 + length:] == b"--Encrypted Boundary--\r\n"
    return unwrapped.message


def negotiate(token):
    return "WWW-Authenticate: Negotiate " + base64.b64encode(token).decode()


def sign_in(stream, context, header, tls, asked, body):
    """The context after one more token; None when it was refused. `asked` holds the challenges of this connection."""
    try:
        if context is None or context.complete:
            context = gssapi.SecurityContext(usage="accept", creds=gssapi.Credentials(usage="accept", mechs=MECHS), channel_bindings=BINDING if tls else None)
        token = base64.b64decode(header.split(" ", 1)[1])
        if b"NTLMSSP\0\3" in token:
            say(shown=True)
            if planted.take("sign-in"):
                answer(stream, 401, extra=asked[-1:])
                return context
        reply = context.step(token)
        if context.complete and tls and STRICT and not int(context.actual_flags) & BOUND:
            raise PermissionError("no channel binding")
    except (gssapi.exceptions.GSSError, PermissionError) as error:
        say(refused=str(error).split("\n")[0], tls=tls)
        why = getattr(error, "token", None)  # Kerberos says what it was
        answer(stream, 401, extra=[negotiate(why) if why else "WWW-Authenticate: Negotiate", "WWW-Authenticate: Kerberos"])
        return None
    if context.complete:
        say(user=str(context.initiator_name).rstrip("\0 "), tls=tls)
        if not body:
            answer(stream, 200, extra=[negotiate(reply)] if reply else [])
    else:
        asked.append(negotiate(reply))
        answer(stream, 401, extra=[asked[-1], "WWW-Authenticate: Kerberos"])
    return context


class ByCertificate:
    """Stands where the context of a sign-in by tokens would: there is nothing to seal with."""

    complete = True


def by_certificate(stream, connection, tls):
    shown = connection.getpeercert(True) if tls else None
    user = MAPPED.get(hashlib.sha256(shown).hexdigest()) if shown else None
    if user is None:
        say(refused="the client certificate is mapped to nobody" if shown else "no client certificate", tls=tls)
        answer(stream, 401, extra=["WWW-Authenticate: Negotiate", "WWW-Authenticate: Kerberos"])
        return None
    say(user=user, tls=tls, certificate=True)
    return ByCertificate()


def serve(connection, tls):
    stream = connection.makefile("rwb")
    context, asked, last = None, [], b""
    # Whoever waits says nothing meanwhile; what can be read is the end.
    abandoned = lambda: bool(select.select([connection.fileno()], [], [], 0)[0])
    while (request := read_request(stream)) is not None:
        path, headers, body = request
        if boots() == 0:
            return
        if headers.get("authorization") == BY_CERTIFICATE:
            context = context or by_certificate(stream, connection, tls)
            if context is None:
                continue
        elif "authorization" in headers:
            context = sign_in(stream, context, headers["authorization"], tls, asked, body)
            if context is None or not context.complete or not body:
                continue
        elif context is None or not context.complete:
            answer(stream, 401, extra=["WWW-Authenticate: Negotiate", "WWW-Authenticate: Kerberos"])
            continue
        if path.split("?")[0] != "/wsman":
            answer(stream, 404)
            continue
        # AllowUnencrypted is false: in clear over HTTP nothing is answered.
        if not tls and not headers.get("content-type", "").startswith("multipart/encrypted"):
            say(broken="a request in clear")
            answer(stream, 500)
            continue
        text = body if tls else unseal(context, body)
        if len(text) > MOST_ENVELOPE:
            answer(stream, 413)
            continue
        mishap = {}

        def done(request):
            mishap.update(planted.take(request.operation))
            if mishap.get("kind") == "fault":
                raise Fault(mishap["code"])
            if mishap.get("kind") == "request-lost":
                mishaps.reset(connection)
            if mishap.get("kind") == "signed-out":
                return ""
            return work(request, abandoned, mishap.get("kind"))

        status, reply = wsman.answered(text, done)
        kind, body = mishap.get("kind"), reply if tls else multipart(context, reply)
        if kind == "signed-out":
            context = None
            answer(stream, 401, extra=["WWW-Authenticate: Negotiate", "WWW-Authenticate: Kerberos"])
        elif kind == "answer-lost":
            mishaps.reset(connection)
        elif kind == "replay":
            answer(stream, status, last, PLAIN if tls else SEALED)
        elif kind == "renumbered":
            answer(stream, status, mishaps.renumbered(body), SEALED)
        elif kind in mishaps.SPOILT:
            mishaps.spoilt(mishap, stream, connection, head_of(status, PLAIN if tls else SEALED), body, say)
        else:
            answer(stream, status, body, PLAIN if tls else SEALED)
        last = body


def guarded(raw, tls):
    connection, farewell = raw, True
    handle = raw.dup()
    with lock:
        connections.add(handle)
    try:
        if tls:
            settings = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            settings.load_cert_chain(CERTIFICATE, KEY)
            if CLIENT_ISSUERS:
                settings.load_verify_locations(CLIENT_ISSUERS)
                settings.verify_mode = ssl.CERT_OPTIONAL
            connection = settings.wrap_socket(raw, server_side=True)
        serve(connection, tls)
    except mishaps.Reset:
        farewell = False
    except OSError:
        pass
    except Exception as error:
        say(broken=repr(error))
    finally:
        with lock:
            connections.discard(handle)
        for one in (handle, connection):
            try:
                if farewell:
                    one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            one.close()


def accept(listener, tls):
    while True:
        try:
            accepted, _ = listener.accept()
        except OSError:
            return
        accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=guarded, args=(accepted, tls), daemon=True).start()


def listen():
    """Follows the host through its boots."""
    up, listeners = 0, []
    while True:
        now = boots()
        if now != up:
            for listener in listeners:
                listener.shutdown(socket.SHUT_RDWR)
                listener.close()
            with lock:
                ended, cut = list(shells.values()), list(connections)
                shells.clear()
            for handle in cut:
                try:
                    handle.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
            for shell in ended:
                shell.end()
            listeners = [socket.create_server((ADDRESS, port)) for port in (5985, 5986)] if now else []
            for listener, tls in zip(listeners, (False, True)):
                threading.Thread(target=accept, args=(listener, tls), daemon=True).start()
            up = now
            say(listening=now)
        time.sleep(0.05)


threading.Thread(target=listen, daemon=True).start()
# A session ends with the thread that started it (PR_SET_PDEATHSIG), so the first thread starts them all.
while True:
    line, place = to_start.get()
    place.put(subprocess.Popen([os.path.join(FOLDER, "ssh", "session.sh")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd="/",
                               env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/root"), "SSH_ORIGINAL_COMMAND": line}))
