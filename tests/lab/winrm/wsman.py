"""Owns the words of WS-Management for the lab's endpoint: requests read, answers and faults written as Windows writes them (MS-WSMV, recordings)."""
import base64, re, uuid
import xml.etree.ElementTree as tree
from xml.sax.saxutils import escape, quoteattr

SOAP = "http://www.w3.org/2003/05/soap-envelope"
ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer"
WSMAN = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
SHELL = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell"
CONFIG = "http://schemas.microsoft.com/wbem/wsman/1/config"
IDENTITY = "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"
NOT_YET, UNKNOWN_SHELL, TOO_MANY_SHELLS, NO_SUCH_RESOURCE, NOT_THE_SCHEMA = 2150858793, 2150858843, 2150859173, 2150858811, 2150858817
FAULTS = {
    NOT_YET: ("w:TimedOut", "The WS-Management service cannot complete the operation within the time specified in OperationTimeout."),
    UNKNOWN_SHELL: ("w:InvalidSelectors", "The request for the Windows Remote Shell with ShellId failed because the shell was not found on the server."),
    TOO_MANY_SHELLS: ("w:QuotaLimit", "The WS-Management service cannot process the request. The maximum number of concurrent shells for this user has been exceeded."),
    NO_SUCH_RESOURCE: ("a:DestinationUnreachable", "The WS-Management service cannot process the request. The resource URI was not found."),
    NOT_THE_SCHEMA: ("w:SchemaValidationError", "The SOAP XML in the message does not match the corresponding XML schema definition."),
}
OPERATIONS = {TRANSFER + "/Create": "create", TRANSFER + "/Delete": "delete", TRANSFER + "/Get": "get",
              **{SHELL + "/" + name: name.lower() for name in ("Command", "Receive", "Send", "Signal")}}


class Fault(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


class Request:
    def __init__(self, text):
        if b"<!DOCTYPE" in text:
            raise Fault(NOT_THE_SCHEMA)
        envelope = tree.fromstring(text)
        self.header, self.body = envelope.find("{%s}Header" % SOAP), envelope.find("{%s}Body" % SOAP)
        if self.body is None:
            raise Fault(NOT_THE_SCHEMA)
        self.message_id = self.said(ADDRESSING, "MessageID")
        self.action = self.said(ADDRESSING, "Action")
        if self.body.find("{%s}Identify" % IDENTITY) is not None:
            self.operation = "identify"
            return
        self.operation = OPERATIONS.get(self.action)
        wanted = CONFIG if self.operation == "get" else SHELL + "/cmd"
        if self.operation is None or self.said(WSMAN, "ResourceURI") != wanted:
            raise Fault(NO_SUCH_RESOURCE)
        selectors = self.header.findall("{%s}SelectorSet/{%s}Selector" % (WSMAN, WSMAN))
        self.shell_id = next((one.text.strip().upper() for one in selectors if one.get("Name") == "ShellId"), None)

    def said(self, space, name):
        found = self.header.find("{%s}%s" % (space, name)) if self.header is not None else None
        return (found.text or "").strip() if found is not None else None

    def inside(self, *path):
        found = self.body.find("/".join("{%s}%s" % (SHELL, name) for name in path))
        if found is None:
            raise Fault(NOT_THE_SCHEMA)
        return found

    def shell_wish(self):
        shell = self.inside("Shell")
        idle = shell.find("{%s}IdleTimeOut" % SHELL)
        return (shell.get("ShellId") or str(uuid.uuid4())).upper(), duration(idle.text) if idle is not None else 7200

    def command_line(self):
        line = self.inside("CommandLine")
        words = [self.inside("CommandLine", "Command").text or "", *[one.text or "" for one in line.findall("{%s}Arguments" % SHELL)]]
        return (line.get("CommandId") or str(uuid.uuid4())).upper(), " ".join(words)

    def command_id(self):
        part = self.inside(*{"receive": ("Receive", "DesiredStream"), "send": ("Send", "Stream"), "signal": ("Signal",)}[self.operation])
        return (part.get("CommandId") or "").upper()

    def sent(self):
        stream = self.inside("Send", "Stream")
        return base64.b64decode(stream.text or "", validate=True), (stream.get("End") or "").lower() in ("true", "1")

    def signal_is(self, name):
        return (self.inside("Signal", "Code").text or "").strip().rsplit("/", 1)[-1].lower() == name

    def seconds(self):
        return duration(self.said(WSMAN, "OperationTimeout") or "PT60S")


def duration(text):
    found = re.fullmatch(r"P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?", text.strip())
    if not found:
        raise Fault(NOT_THE_SCHEMA)
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds


def answered(text, work):
    """The status and the envelope that answer a request; `work` gives the body or raises Fault."""
    request, message_id = None, None
    try:
        request = Request(text)
        message_id = request.message_id
        body = work(request)
        return 200, envelope(body, message_id, (request.action or "") + "Response")
    except Fault as fault:
        if request is None:
            found = re.search(rb"MessageID[^>]*>([^<]+)<", text)
            message_id = found.group(1).decode() if found else None
        return 500, envelope(fault_body(fault.code), message_id, WSMAN.rsplit("/", 1)[0] + "/fault")


def envelope(body, message_id, action):
    related = "<a:RelatesTo>%s</a:RelatesTo>" % escape(message_id) if message_id else ""
    return ('<s:Envelope xml:lang="en-US" xmlns:s="%s" xmlns:a="%s" xmlns:x="%s" xmlns:w="%s" xmlns:rsp="%s" xmlns:p="http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd">'
            "<s:Header><a:Action>%s</a:Action><a:MessageID>uuid:%s</a:MessageID><a:To>%s/role/anonymous</a:To>%s</s:Header><s:Body>%s</s:Body></s:Envelope>"
            % (SOAP, ADDRESSING, TRANSFER, WSMAN, SHELL, escape(action), str(uuid.uuid4()).upper(), ADDRESSING, related, body)).encode()


def fault_body(code):
    subcode, text = FAULTS.get(code, ("w:InternalError", "The I/O operation has been aborted." if code == 995 else "The parameter is incorrect."))
    return ('<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>%s</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="en-US">%s </s:Text></s:Reason><s:Detail>'
            '<f:WSManFault xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault" Code="%d" Machine="lab"><f:Message>%s </f:Message></f:WSManFault></s:Detail></s:Fault>' % (subcode, text, code, text))


def identified():
    return ('<wsmid:IdentifyResponse xmlns:wsmid="%s"><wsmid:ProtocolVersion>%s</wsmid:ProtocolVersion><wsmid:ProductVendor>Lab endpoint</wsmid:ProductVendor>'
            "<wsmid:ProductVersion>OS: 10.0.17763 SP: 0.0 Stack: 3.0</wsmid:ProductVersion></wsmid:IdentifyResponse>" % (IDENTITY, WSMAN))


def config(most_shells):
    return ('<cfg:Config xmlns:cfg="%s"><cfg:MaxEnvelopeSizekb>500</cfg:MaxEnvelopeSizekb><cfg:MaxTimeoutms>60000</cfg:MaxTimeoutms><cfg:MaxBatchItems>32000</cfg:MaxBatchItems>'
            "<cfg:Winrs><cfg:AllowRemoteShellAccess>true</cfg:AllowRemoteShellAccess><cfg:IdleTimeout>7200000</cfg:IdleTimeout><cfg:MaxShellsPerUser>%d</cfg:MaxShellsPerUser>"
            "<cfg:MaxMemoryPerShellMB>2147483647</cfg:MaxMemoryPerShellMB></cfg:Winrs></cfg:Config>" % (CONFIG, most_shells))


def created(shell_id):
    return ("<x:ResourceCreated><a:Address>http://localhost:5985/wsman</a:Address><a:ReferenceParameters><w:ResourceURI>%s/cmd</w:ResourceURI><w:SelectorSet>"
            '<w:Selector Name="ShellId">%s</w:Selector></w:SelectorSet></a:ReferenceParameters></x:ResourceCreated><rsp:Shell><rsp:ShellId>%s</rsp:ShellId><rsp:ResourceUri>%s/cmd</rsp:ResourceUri></rsp:Shell>'
            % (SHELL, escape(shell_id), escape(shell_id), SHELL))


def commanded(command_id):
    return "<rsp:CommandResponse><rsp:CommandId>%s</rsp:CommandId></rsp:CommandResponse>" % escape(command_id)


def received(command_id, streams, code):
    named = quoteattr(command_id)
    parts = ['<rsp:Stream Name="%s" CommandId=%s>%s</rsp:Stream>' % (name, named, base64.b64encode(data).decode()) for name, data in streams]
    if code is None:
        parts.append('<rsp:CommandState CommandId=%s State="%s/CommandState/Running"/>' % (named, SHELL))
    else:
        parts += ['<rsp:Stream Name="%s" CommandId=%s End="true"/>' % (name, named) for name in ("stdout", "stderr")]
        parts.append('<rsp:CommandState CommandId=%s State="%s/CommandState/Done"><rsp:ExitCode>%d</rsp:ExitCode></rsp:CommandState>' % (named, SHELL, code))
    return "<rsp:ReceiveResponse>%s</rsp:ReceiveResponse>" % "".join(parts)
