// Owns Get-CimInstance and Invoke-CimMethod for the classes the lab has; anything else is an error, as an unknown class is.
using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace Lab.Devices;

/// The name scripts see and may catch.
public sealed class CimException(string message) : Exception(message);

[Cmdlet(VerbsCommon.Get, "CimInstance")]
public sealed partial class GetCimInstance : LabCmdlet
{
    [Parameter(Position = 0, Mandatory = true)] public string ClassName { get; set; } = "";
    [Parameter] public string? Filter { get; set; }
    [Parameter] public string[]? Property { get; set; }
    [Parameter] public string? Namespace { get; set; }
    [Parameter, Alias("OT")] public uint OperationTimeoutSec { get; set; }

    protected override void EndProcessing()
    {
        if (Namespace is not null && !Namespace.Replace('\\', '/').Equals("root/cimv2", StringComparison.OrdinalIgnoreCase)) Unsupplied($"the CIM namespace {Namespace}");
        if (!CimClasses.ByName.TryGetValue(ClassName, out var read))
            ThrowTerminatingError(new ErrorRecord(new CimException($"Invalid class. The lab does not supply the CIM class {ClassName}."), "HRESULT 0x80041010", ErrorCategory.MetadataError, ClassName));
        foreach (var row in read!())
        {
            if (Filter is not null && !Matches(row)) continue;
            WriteObject(Instance(row));
        }
    }

    private PSObject Instance(Dictionary<string, object?> row)
    {
        var made = new PSObject();
        made.TypeNames.Insert(0, "Microsoft.Management.Infrastructure.CimInstance#root/cimv2/" + ClassName);
        foreach (var name in Property ?? []) if (!row.ContainsKey(row.Keys.FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? "")) Unsupplied($"the property {name} of {ClassName}");
        // A property that was not asked for is there and empty, as in a real instance.
        foreach (var (name, value) in row) made.Properties.Add(new PSNoteProperty(name, Property is null || Property.Contains(name, StringComparer.OrdinalIgnoreCase) ? value : null));
        return made;
    }

    private bool Matches(Dictionary<string, object?> row)
    {
        foreach (var clause in And().Split(Filter!))
        {
            var match = Equality().Match(clause);
            if (!match.Success) Unsupplied($"the CIM filter '{Filter}' (only equalities joined by AND)");
            var key = row.Keys.FirstOrDefault(one => one.Equals(match.Groups["name"].Value, StringComparison.OrdinalIgnoreCase));
            if (key is null) Unsupplied($"the property {match.Groups["name"].Value} of {ClassName}");
            var wanted = match.Groups["text"].Success ? match.Groups["text"].Value.Replace(@"\\", @"\").Replace(@"\'", "'") : match.Groups["number"].Value;
            if (!string.Equals(LanguagePrimitives.ConvertTo<string>(row[key!]), wanted, StringComparison.OrdinalIgnoreCase)) return false;
        }
        return true;
    }

    [GeneratedRegex(@"\s+and\s+", RegexOptions.IgnoreCase)] private static partial Regex And();
    [GeneratedRegex(@"^\s*(?<name>\w+)\s*=\s*(?:'(?<text>(?:[^'\\]|\\.)*)'|""(?<text>(?:[^""\\]|\\.)*)""|(?<number>\w+))\s*$")] private static partial Regex Equality();
}

[Cmdlet(VerbsLifecycle.Invoke, "CimMethod")]
public sealed class InvokeCimMethod : LabCmdlet
{
    [Parameter(Position = 0)] public string ClassName { get; set; } = "";
    [Parameter(Position = 1, Mandatory = true), Alias("Name")] public string MethodName { get; set; } = "";
    [Parameter(Position = 2)] public IDictionary Arguments { get; set; } = new Hashtable();
    [Parameter] public string? Namespace { get; set; }
    [Parameter, Alias("OT")] public uint OperationTimeoutSec { get; set; }

    protected override void EndProcessing()
    {
        if (!ClassName.Equals("Win32_Process", StringComparison.OrdinalIgnoreCase) || !MethodName.Equals("Create", StringComparison.OrdinalIgnoreCase)) Unsupplied($"the CIM method {ClassName}.{MethodName}");
        string? command = null, folder = null;
        foreach (DictionaryEntry entry in Arguments)
        {
            switch (entry.Key.ToString()!.ToLowerInvariant())
            {
                case "commandline": command = LanguagePrimitives.ConvertTo<string>(entry.Value); break;
                case "currentdirectory": folder = entry.Value is null ? null : LanguagePrimitives.ConvertTo<string>(entry.Value); break;
                case "processstartupinformation" when entry.Value is null: break;
                default: Unsupplied($"the argument {entry.Key} of Win32_Process.Create"); break;
            }
        }
        if (!OperatingSystem.IsWindows()) Unsupplied("Win32_Process.Create on Linux");
        if (string.IsNullOrWhiteSpace(command)) Fail("Win32_Process.Create needs a CommandLine.", "InvalidParameter", ErrorCategory.InvalidArgument);
        var (code, id) = DetachedStart.Run(command!, folder);
        var made = new PSObject();
        made.Properties.Add(new PSNoteProperty("ProcessId", code == 0 ? (uint?)id : null));
        made.Properties.Add(new PSNoteProperty("ReturnValue", code));
        made.Properties.Add(new PSNoteProperty("PSComputerName", null));
        WriteObject(made);
    }
}
