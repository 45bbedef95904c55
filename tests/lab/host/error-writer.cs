// Owns standard error: plain text, or CLIXML when the command came encoded and standard error is redirected, as powershell.exe does.
using System.Management.Automation;
using System.Security;
using System.Text;

namespace Lab;

public sealed class ErrorWriter(bool clixml)
{
    private const string head = "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">";
    private readonly object gate = new();
    private bool begun;

    public void Line(string text)
    {
        lock (gate)
        {
            if (!clixml)
            {
                Console.Error.WriteLine(text);
                return;
            }
            Begin();
            Console.Error.Write("<S S=\"Error\">" + Escape(text + "\r\n") + "</S>");
        }
    }

    /// Text mode draws progress on a screen, which is not there; CLIXML carries it.
    public void Progress(long sourceId, ProgressRecord record)
    {
        if (!clixml) return;
        lock (gate)
        {
            Begin();
            Console.Error.Write(
                "<Obj S=\"progress\" RefId=\"0\"><TN RefId=\"0\"><T>System.Management.Automation.PSCustomObject</T><T>System.Object</T></TN><MS>" +
                $"<I64 N=\"SourceId\">{sourceId}</I64><PR N=\"Record\"><AV>{Escape(record.Activity)}</AV><AI>{record.ActivityId}</AI><Nil />" +
                $"<PI>{record.ParentActivityId}</PI><PC>{record.PercentComplete}</PC><T>{record.RecordType}</T><SR>{record.SecondsRemaining}</SR><SD>{Escape(record.StatusDescription)}</SD></PR></MS></Obj>");
        }
    }

    public void End()
    {
        lock (gate)
        {
            if (clixml && begun) Console.Error.Write("</Objs>");
            Console.Error.Flush();
        }
    }

    private void Begin()
    {
        if (begun) return;
        begun = true;
        Console.Error.Write("#< CLIXML\r\n" + head);
    }

    private static string Escape(string text)
    {
        var plain = new StringBuilder();
        foreach (var character in SecurityElement.Escape(text) ?? "")
        {
            if (character < ' ' || character is >= '\ud800' and <= '\udfff') plain.Append($"_x{(int)character:X4}_");
            else plain.Append(character);
        }
        return plain.ToString();
    }
}
