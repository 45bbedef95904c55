// Owns the item cmdlets over whatever provider a path belongs to: files, registry, environment.
using System.Management.Automation;

namespace Lab.Cmdlets;

[Cmdlet(VerbsCommon.Get, "Item", DefaultParameterSetName = "Path")]
public sealed class GetItem : PathCmdlet
{
    [Parameter] public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path) Attempt(path, ErrorCategory.ReadError, () => WriteObject(InvokeProvider.Item.Get([path], Force, Literal), true));
    }
}

[Cmdlet(VerbsCommon.Get, "ChildItem", DefaultParameterSetName = "Path")]
public sealed class GetChildItem : PathCmdlet
{
    [Parameter(Position = 1)] public string? Filter { get; set; }
    [Parameter] public string[]? Include { get; set; }
    [Parameter] public string[]? Exclude { get; set; }
    [Parameter] public SwitchParameter Recurse { get; set; }
    [Parameter] public uint Depth { get; set; } = uint.MaxValue;
    [Parameter] public SwitchParameter Force { get; set; }
    [Parameter] public SwitchParameter Name { get; set; }
    [Parameter] public SwitchParameter File { get; set; }
    [Parameter] public SwitchParameter Directory { get; set; }

    protected override void ProcessRecord()
    {
        var deep = Recurse || Depth != uint.MaxValue;
        foreach (var path in Path)
        {
            Attempt(path, ErrorCategory.ReadError, () =>
            {
                foreach (var item in InvokeProvider.ChildItem.Get([path], deep, Depth, Force, Literal))
                {
                    var name = item.Properties["PSChildName"]?.Value?.ToString() ?? "";
                    var isContainer = item.Properties["PSIsContainer"]?.Value is true;
                    if ((File && isContainer) || (Directory && !isContainer)) continue;
                    if (Filter is not null && !Is(Filter, name) || Include is not null && !Include.Any(one => Is(one, name)) || Exclude is not null && Exclude.Any(one => Is(one, name))) continue;
                    if (Name) WriteObject(name);
                    else WriteObject(item);
                }
            });
        }
    }

    private static bool Is(string pattern, string name) => WildcardPattern.Get(pattern == "*.*" ? "*" : pattern, WildcardOptions.IgnoreCase).IsMatch(name);
}

[Cmdlet(VerbsCommon.New, "Item")]
public sealed class NewItem : LabCmdlet
{
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)] public string[] Path { get; set; } = ["."];
    [Parameter] public string? Name { get; set; }
    [Parameter, Alias("Type")] public string? ItemType { get; set; }
    [Parameter(ValueFromPipeline = true)] public object? Value { get; set; }
    [Parameter] public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path) Attempt(path, ErrorCategory.WriteError, () => WriteObject(InvokeProvider.Item.New([path], Name, ItemType, Value, Force), true));
    }
}

[Cmdlet(VerbsCommon.Remove, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class RemoveItem : PathCmdlet
{
    [Parameter] public SwitchParameter Recurse { get; set; }
    [Parameter] public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            Attempt(path, ErrorCategory.WriteError, () =>
            {
                if (!InvokeProvider.Item.Exists(path, Force, Literal))
                {
                    if (!Literal && WildcardPattern.ContainsWildcardCharacters(path)) return;
                    throw new ItemNotFoundException($"Cannot find path '{path}' because it does not exist.");
                }
                if (!Recurse && Literal && InvokeProvider.ChildItem.HasChild(path, Force, Literal))
                    throw new PSInvalidOperationException($"The item at {path} has children and the Recurse parameter was not specified.");
                if (ShouldProcess(path)) InvokeProvider.Item.Remove([path], Recurse, Force, Literal);
            });
        }
    }
}

[Cmdlet(VerbsCommon.Move, "Item", DefaultParameterSetName = "Path")]
public sealed class MoveItem : PathCmdlet
{
    [Parameter(Position = 1)] public string Destination { get; set; } = ".";
    [Parameter] public SwitchParameter Force { get; set; }
    [Parameter] public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            Attempt(path, ErrorCategory.WriteError, () =>
            {
                var moved = InvokeProvider.Item.Move([path], Destination, Force, Literal);
                if (PassThru) WriteObject(moved, true);
            });
        }
    }
}

[Cmdlet(VerbsCommon.Copy, "Item", DefaultParameterSetName = "Path")]
public sealed class CopyItem : PathCmdlet
{
    [Parameter(Position = 1)] public string Destination { get; set; } = ".";
    [Parameter] public SwitchParameter Recurse { get; set; }
    [Parameter] public SwitchParameter Container { get; set; } = true;
    [Parameter] public SwitchParameter Force { get; set; }
    [Parameter] public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            Attempt(path, ErrorCategory.WriteError, () =>
            {
                var copied = InvokeProvider.Item.Copy([path], Destination, Recurse, Container ? CopyContainers.CopyTargetContainer : CopyContainers.CopyChildrenOfTargetContainer, Force, Literal);
                if (PassThru) WriteObject(copied, true);
            });
        }
    }
}

[Cmdlet(VerbsCommon.Rename, "Item", DefaultParameterSetName = "Path")]
public sealed class RenameItem : PathCmdlet
{
    [Parameter(Position = 1, Mandatory = true)] public string NewName { get; set; } = "";
    [Parameter] public SwitchParameter Force { get; set; }
    [Parameter] public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            Attempt(path, ErrorCategory.WriteError, () =>
            {
                // Only literal names are taken: the intrinsics of the engine would not resolve wildcards here anyway.
                var renamed = InvokeProvider.Item.Rename(path, NewName, Force);
                if (PassThru) WriteObject(renamed, true);
            });
        }
    }
}
