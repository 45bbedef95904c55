"""Owns a WinRM stand-in for tests whose NTLM is Debian's gss-ntlmssp, not ours: it signs in, unseals, echoes, and misbehaves when the text asks for it.

Usage: gss-server.py [CERTIFICATE KEY BINDING-DATA-HEX]; NTLM_USER_FILE names who may sign in. Prints a JSON object a line: first {"port": N}.
Ends when its standard input closes, so that it never outlives whoever started it.
"""
import base64, json, os, re, socket, ssl, sys, threading

import gssapi
from gssapi.raw import ChannelBindings

NTLM = gssapi.OID.from_int_seq("1.3.6.1.4.1.311.2.2.10")
BOUND = 2048  # GSS_C_CHANNEL_BOUND_FLAG
TLS = sys.argv[1:3] if len(sys.argv) > 2 else None
BINDING = ChannelBindings(application_data=bytes.fromhex(sys.argv[3])) if len(sys.argv) > 3 else None
lock = threading.Lock()


def say(**event):
    with lock:
        print(json.dumps(event), flush=True)


def read_request(stream):
    line = stream.readline(65536)
    if not line:
        return None
    headers = {}
    while True:
        header = stream.readline(65536).strip()
        if not header:
            break
        name, _, value = header.partition(b":")
        headers[name.strip().lower().decode()] = value.strip().decode()
    return headers, stream.read(int(headers.get("content-length", "0")))


def answer(stream, status, body=b"", kind="application/soap+xml;charset=UTF-8", extra=(), chunked=False):
    head = ["HTTP/1.1 %d X" % status, "Content-Type: " + kind, *extra]
    head.append("Transfer-Encoding: chunked" if chunked else "Content-Length: %d" % len(body))
    stream.write("\r\n".join(head).encode() + b"\r\n\r\n")
    if chunked:
        for at in range(0, len(body), 7):
            piece = body[at:at + 7]
            stream.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        stream.write(b"0\r\n\r\n")
    else:
        stream.write(body)
    stream.flush()


def multipart(sealed, length, windows):
    tab, blank, after = (b"\t", b" ", b"\r\n\r\n") if windows else (b"", b"", b"\r\n")
    return (b"--" + blank + b"Encrypted Boundary\r\n" + tab + b"Content-Type: application/HTTP-SPNEGO-session-encrypted\r\n" + tab
            + b"OriginalContent: type=application/soap+xml;charset=UTF-8;Length=%d\r\n" % length
            + b"--" + blank + b"Encrypted Boundary\r\n" + tab + b"Content-Type: application/octet-stream\r\n"
            + (16).to_bytes(4, "little") + sealed + b"--" + blank + b"Encrypted Boundary--" + after)


def unseal(context, body):
    length = int(re.search(rb";Length=(\d+)\r\n", body).group(1))
    mark = b"Content-Type: application/octet-stream\r\n"
    at = body.index(mark) + len(mark)
    assert int.from_bytes(body[at:at + 4], "little") == 16
    message = body[at + 4:at + 4 + 16 + length]
    assert body[at + 4 + 16 + length:] == b"--Encrypted Boundary--\r\n"
    return context.unwrap(message).message


def serve(connection):
    stream = connection.makefile("rwb")
    context, last = None, b""
    while (request := read_request(stream)) is not None:
        headers, body = request
        if "authorization" in headers:
            token = base64.b64decode(headers["authorization"].split(" ", 1)[1])
            try:
                if context is None or context.complete:
                    context = gssapi.SecurityContext(usage="accept", creds=gssapi.Credentials(usage="accept", mechs=[NTLM]), channel_bindings=BINDING)
                reply = context.step(token)
            except gssapi.exceptions.GSSError as error:
                say(refused=str(error).split("\n")[0])
                context = None
                answer(stream, 401, extra=["WWW-Authenticate: Negotiate", "WWW-Authenticate: Kerberos"])
                continue
            if context.complete:
                say(user=str(context.initiator_name), bound=bool(int(context.actual_flags) & BOUND), body=len(body))
                answer(stream, 200, extra=["WWW-Authenticate: Negotiate " + base64.b64encode(reply).decode()] if reply else [])
            else:
                answer(stream, 401, extra=["WWW-Authenticate: Kerberos", "WWW-Authenticate: Negotiate " + base64.b64encode(reply).decode()])
            continue
        if context is None or not context.complete:
            answer(stream, 401, extra=["WWW-Authenticate: Negotiate"])
            continue
        text = body if TLS else unseal(context, body)
        asked = text.decode()
        if "<forget/>" in asked:
            answer(stream, 401, extra=["WWW-Authenticate: Negotiate"])
        elif "<clear/>" in asked or TLS:
            answer(stream, 200, text)
        else:
            if "<skip/>" in asked:
                context.wrap(b"lost", True)
            sealed = last if "<replay/>" in asked else context.wrap(text, True).message
            if "<tamper/>" in asked:
                sealed = sealed[:-1] + bytes([sealed[-1] ^ 1])
            last = sealed
            answer(stream, 500 if "<fault/>" in asked else 200, multipart(sealed, len(sealed) - 16, "<windows/>" in asked),
                   'multipart/encrypted;protocol="application/HTTP-SPNEGO-session-encrypted";boundary="Encrypted Boundary"', chunked="<chunked/>" in asked)


def guarded(connection):
    try:
        if TLS:
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            tls.load_cert_chain(*TLS)
            connection = tls.wrap_socket(connection, server_side=True)
        serve(connection)
    except (OSError, ssl.SSLError):
        pass
    except Exception as error:
        say(broken=repr(error))
    finally:
        connection.close()


def end_with_parent():
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=end_with_parent, daemon=True).start()
listener = socket.create_server(("127.0.0.1", 0))
say(port=listener.getsockname()[1])
while True:
    accepted, _ = listener.accept()
    accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    threading.Thread(target=guarded, args=(accepted,), daemon=True).start()
