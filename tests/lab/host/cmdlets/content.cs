// Owns the content cmdlets for files, with the encodings of Windows PowerShell 5.1: ANSI unless told, UTF8 with a mark.
using System.Management.Automation;
using System.Text;

namespace Lab.Cmdlets;

public enum ContentEncoding { Default, Unknown, String, Unicode, Byte, BigEndianUnicode, UTF8, UTF7, UTF32, Ascii, Oem }

public abstract class ContentCmdlet : PathCmdlet
{
    [Parameter] public ContentEncoding Encoding { get; set; } = ContentEncoding.Default;
    [Parameter] public SwitchParameter Force { get; set; }

    protected Encoding Chosen => Encoding switch
    {
        ContentEncoding.Default => CodePagesEncodingProvider.Instance.GetEncoding(1252)!,
        ContentEncoding.Oem => CodePagesEncodingProvider.Instance.GetEncoding(437)!,
        ContentEncoding.Unicode or ContentEncoding.String or ContentEncoding.Unknown => System.Text.Encoding.Unicode,
        ContentEncoding.BigEndianUnicode => System.Text.Encoding.BigEndianUnicode,
        ContentEncoding.UTF8 => System.Text.Encoding.UTF8,
        ContentEncoding.UTF32 => System.Text.Encoding.UTF32,
        ContentEncoding.Ascii => System.Text.Encoding.ASCII,
        _ => throw new NotSupportedException($"The lab does not supply the encoding {Encoding} here."),
    };
}

[Cmdlet(VerbsCommon.Get, "Content", DefaultParameterSetName = "Path")]
public sealed class GetContent : ContentCmdlet
{
    [Parameter] public long ReadCount { get; set; } = 1;
    [Parameter, Alias("First", "Head")] public long TotalCount { get; set; } = -1;
    [Parameter, Alias("Last")] public int Tail { get; set; } = -1;
    [Parameter] public SwitchParameter Raw { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var given in Path)
        {
            Attempt(given, ErrorCategory.ReadError, () =>
            {
                foreach (var path in DiskPaths([given], Literal))
                {
                    if (!File.Exists(path)) throw new ItemNotFoundException($"Cannot find path '{path}' because it does not exist.");
                    if (Encoding == ContentEncoding.Byte) Bytes(path);
                    else Lines(path);
                }
            });
        }
    }

    private void Bytes(string path)
    {
        var bytes = Shared(path, stream => { var all = new MemoryStream(); stream.CopyTo(all); return all.ToArray(); });
        if (ReadCount == 0 || Raw) WriteObject(bytes);
        else WriteObject(TotalCount >= 0 ? bytes.Take((int)TotalCount) : bytes, true);
    }

    private void Lines(string path)
    {
        var text = Shared(path, stream => new StreamReader(stream, Chosen, detectEncodingFromByteOrderMarks: true).ReadToEnd());
        if (Raw)
        {
            WriteObject(Marked(text, path, 1));
            return;
        }
        var lines = new List<string>();
        using (var reader = new StringReader(text)) while (reader.ReadLine() is { } line) lines.Add(line);
        IEnumerable<string> kept = Tail >= 0 ? lines.TakeLast(Tail) : TotalCount >= 0 ? lines.Take((int)TotalCount) : lines;
        if (ReadCount == 0)
        {
            WriteObject(kept.ToArray());
            return;
        }
        long count = 0;
        foreach (var line in kept) WriteObject(Marked(line, path, ++count));
    }

    /// Lines of Get-Content carry notes, which 5.1's ConvertTo-Json then writes out: a trap worth keeping.
    private static PSObject Marked(string line, string path, long count)
    {
        var marked = new PSObject(line);
        marked.Properties.Add(new PSNoteProperty("PSPath", "Microsoft.PowerShell.Core\\FileSystem::" + path));
        marked.Properties.Add(new PSNoteProperty("ReadCount", count));
        return marked;
    }

    private static T Shared<T>(string path, Func<Stream, T> read)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return read(stream);
    }
}

public abstract class ContentWriter : ContentCmdlet
{
    private readonly List<object> values = [];

    [Parameter(Position = 1, Mandatory = true, ValueFromPipeline = true), AllowNull, AllowEmptyCollection] public object?[]? Value { get; set; }
    [Parameter] public SwitchParameter NoNewline { get; set; }
    [Parameter] public SwitchParameter PassThru { get; set; }
    protected abstract bool Appends { get; }

    protected override void ProcessRecord() => values.AddRange((Value ?? []).Where(value => value is not null).Select(value => Bare(value)!));

    protected override void EndProcessing()
    {
        foreach (var given in Path)
        {
            Attempt(given, ErrorCategory.WriteError, () =>
            {
                foreach (var path in DiskPaths([given], Literal))
                {
                    if (Encoding == ContentEncoding.Byte) WriteBytes(path);
                    else WriteText(path);
                }
            });
        }
        if (PassThru) WriteObject(values, true);
    }

    private void WriteBytes(string path)
    {
        using var stream = new FileStream(path, Appends ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read);
        foreach (var value in values) stream.Write(value is byte[] many ? many : [LanguagePrimitives.ConvertTo<byte>(value)]);
    }

    private void WriteText(string path)
    {
        using var stream = new FileStream(path, Appends ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read);
        // Whoever appends to something must not write a second mark.
        using var writer = new StreamWriter(stream, Chosen);
        foreach (var value in values)
        {
            writer.Write(LanguagePrimitives.ConvertTo<string>(value));
            if (!NoNewline) writer.Write(Environment.NewLine);
        }
    }
}

[Cmdlet(VerbsCommon.Set, "Content", DefaultParameterSetName = "Path")]
public sealed class SetContent : ContentWriter { protected override bool Appends => false; }

[Cmdlet(VerbsCommon.Add, "Content", DefaultParameterSetName = "Path")]
public sealed class AddContent : ContentWriter { protected override bool Appends => true; }

[Cmdlet(VerbsCommon.Clear, "Content", DefaultParameterSetName = "Path")]
public sealed class ClearContent : PathCmdlet
{
    [Parameter] public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var given in Path)
        {
            Attempt(given, ErrorCategory.WriteError, () =>
            {
                foreach (var path in DiskPaths([given], Literal))
                {
                    if (!File.Exists(path)) throw new ItemNotFoundException($"Cannot find path '{path}' because it does not exist.");
                    using var stream = new FileStream(path, FileMode.Truncate, FileAccess.Write, FileShare.Read);
                }
            });
        }
    }
}

[Cmdlet(VerbsCommon.Get, "FileHash", DefaultParameterSetName = "Path")]
public sealed class GetFileHash : PathCmdlet
{
    [Parameter, ValidateSet("SHA1", "SHA256", "SHA384", "SHA512", "MD5")] public string Algorithm { get; set; } = "SHA256";

    protected override void ProcessRecord()
    {
        foreach (var given in Path)
        {
            Attempt(given, ErrorCategory.ReadError, () =>
            {
                foreach (var path in DiskPaths([given], Literal))
                {
                    using var stream = File.OpenRead(path);
                    using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(new(Algorithm.ToUpperInvariant()));
                    var buffer = new byte[1 << 20];
                    for (int read; (read = stream.Read(buffer)) > 0;) hash.AppendData(buffer, 0, read);
                    var made = new PSObject();
                    made.Properties.Add(new PSNoteProperty("Algorithm", Algorithm.ToUpperInvariant()));
                    made.Properties.Add(new PSNoteProperty("Hash", Convert.ToHexString(hash.GetHashAndReset())));
                    made.Properties.Add(new PSNoteProperty("Path", path));
                    WriteObject(made);
                }
            });
        }
    }
}
