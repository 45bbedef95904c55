// Owns the path and location cmdlets.
using System.Management.Automation;

namespace Lab.Cmdlets;

public enum TestPathType { Any, Container, Leaf }

[Cmdlet(VerbsDiagnostic.Test, "Path", DefaultParameterSetName = "Path")]
public sealed class TestPath : PathCmdlet
{
    [Parameter, Alias("Type")] public TestPathType PathType { get; set; }
    [Parameter] public SwitchParameter IsValid { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            try
            {
                if (IsValid) WriteObject(SessionState.Path.IsValid(path));
                else WriteObject(InvokeProvider.Item.Exists(path, false, Literal) && PathType switch
                {
                    TestPathType.Container => InvokeProvider.Item.IsContainer(path),
                    TestPathType.Leaf => !InvokeProvider.Item.IsContainer(path),
                    _ => true,
                });
            }
            catch (Exception problem) when (problem is System.Management.Automation.DriveNotFoundException or ItemNotFoundException or NotSupportedException)
            {
                WriteObject(false);
            }
        }
    }
}

[Cmdlet(VerbsCommon.Join, "Path")]
public sealed class JoinPath : LabCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true), Alias("PSPath")] public string[] Path { get; set; } = [];
    [Parameter(Position = 1, Mandatory = true), AllowEmptyString, AllowNull] public string? ChildPath { get; set; }
    [Parameter] public SwitchParameter Resolve { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            Attempt(path, ErrorCategory.InvalidOperation, () =>
            {
                var joined = SessionState.Path.Combine(path, ChildPath ?? "");
                if (Resolve) WriteObject(SessionState.Path.GetResolvedPSPathFromPSPath(joined).Select(one => one.Path), true);
                else WriteObject(joined);
            });
        }
    }
}

[Cmdlet(VerbsCommon.Split, "Path", DefaultParameterSetName = "ParentSet")]
public sealed class SplitPath : LabCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ParameterSetName = "ParentSet"), Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ParameterSetName = "LeafSet")]
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ParameterSetName = "QualifierSet"), Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ParameterSetName = "NoQualifierSet")]
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ParameterSetName = "IsAbsoluteSet")]
    public string[] Path { get; set; } = [];
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPathSet"), Alias("PSPath")] public string[] LiteralPath { get => Path; set => Path = value; }
    [Parameter(ParameterSetName = "ParentSet")] public SwitchParameter Parent { get; set; }
    [Parameter(Mandatory = true, ParameterSetName = "LeafSet")] public SwitchParameter Leaf { get; set; }
    [Parameter(Mandatory = true, ParameterSetName = "QualifierSet")] public SwitchParameter Qualifier { get; set; }
    [Parameter(Mandatory = true, ParameterSetName = "NoQualifierSet")] public SwitchParameter NoQualifier { get; set; }
    [Parameter(Mandatory = true, ParameterSetName = "IsAbsoluteSet")] public SwitchParameter IsAbsolute { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            Attempt(path, ErrorCategory.InvalidArgument, () =>
            {
                var colon = path.IndexOf(':');
                if (Leaf) WriteObject(SessionState.Path.ParseChildName(path));
                else if (IsAbsolute) WriteObject(SessionState.Path.IsPSAbsolute(path, out _));
                else if (NoQualifier) WriteObject(colon < 0 ? path : path[(colon + 1)..]);
                else if (!Qualifier) WriteObject(SessionState.Path.ParseParent(path, ""));
                else if (colon < 0) throw new FormatException($"Cannot parse path because path '{path}' does not have a qualifier specified.");
                else WriteObject(path[..(colon + 1)]);
            });
        }
    }
}

[Cmdlet(VerbsDiagnostic.Resolve, "Path", DefaultParameterSetName = "Path")]
public sealed class ResolvePath : PathCmdlet
{
    protected override void ProcessRecord()
    {
        foreach (var path in Path)
            Attempt(path, ErrorCategory.ObjectNotFound, () => WriteObject(SessionState.Path.GetResolvedPSPathFromPSPath(Literal ? WildcardPattern.Escape(path) : path), true));
    }
}

[Cmdlet(VerbsData.Convert, "Path", DefaultParameterSetName = "Path")]
public sealed class ConvertPath : PathCmdlet
{
    protected override void ProcessRecord()
    {
        foreach (var path in Path)
            Attempt(path, ErrorCategory.ObjectNotFound, () => WriteObject(SessionState.Path.GetResolvedProviderPathFromPSPath(Literal ? WildcardPattern.Escape(path) : path, out _), true));
    }
}

[Cmdlet(VerbsCommon.Get, "Location")]
public sealed class GetLocation : LabCmdlet { protected override void EndProcessing() => WriteObject(SessionState.Path.CurrentLocation); }

[Cmdlet(VerbsCommon.Set, "Location", DefaultParameterSetName = "Path")]
public sealed class SetLocation : PathCmdlet
{
    [Parameter] public SwitchParameter PassThru { get; set; }

    protected override void EndProcessing()
    {
        SessionState.Path.SetLocation(Literal ? WildcardPattern.Escape(Path[0]) : Path[0]);
        if (PassThru) WriteObject(SessionState.Path.CurrentLocation);
    }
}

[Cmdlet(VerbsCommon.Push, "Location", DefaultParameterSetName = "Path")]
public sealed class PushLocation : PathCmdlet
{
    protected override void EndProcessing()
    {
        SessionState.Path.PushCurrentLocation("default");
        SessionState.Path.SetLocation(Literal ? WildcardPattern.Escape(Path[0]) : Path[0]);
    }
}

[Cmdlet(VerbsCommon.Pop, "Location")]
public sealed class PopLocation : LabCmdlet { protected override void EndProcessing() => SessionState.Path.PopLocation("default"); }

[Cmdlet(VerbsCommon.Get, "PSDrive")]
public sealed class GetPSDrive : LabCmdlet
{
    [Parameter(Position = 0)] public string[]? Name { get; set; }
    [Parameter] public string[]? PSProvider { get; set; }

    protected override void EndProcessing()
    {
        foreach (var name in Name ?? [])
        {
            if (!WildcardPattern.ContainsWildcardCharacters(name) && !SessionState.Drive.GetAll().Any(drive => drive.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
                WriteError(new ErrorRecord(new System.Management.Automation.DriveNotFoundException($"Cannot find drive. A drive with the name '{name}' does not exist."), "GetDriveNoMatchingDrive", ErrorCategory.ObjectNotFound, name));
        }
        foreach (var drive in SessionState.Drive.GetAll())
        {
            if (Name is not null && !Name.Any(pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(drive.Name))) continue;
            if (PSProvider is not null && !PSProvider.Contains(drive.Provider.Name, StringComparer.OrdinalIgnoreCase)) continue;
            WriteObject(drive);
        }
    }
}
