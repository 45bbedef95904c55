// Owns the property cmdlets, which for this product means registry values.
using System.Collections.ObjectModel;
using System.Management.Automation;

namespace Lab.Cmdlets;

[Cmdlet(VerbsCommon.Get, "ItemProperty", DefaultParameterSetName = "Path")]
public sealed class GetItemProperty : PathCmdlet
{
    [Parameter(Position = 1), Alias("PSProperty")] public string[]? Name { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
            Attempt(path, ErrorCategory.ReadError, () => WriteObject(InvokeProvider.Property.Get([path], Name is null ? null : new Collection<string>(Name), Literal), true));
    }
}

[Cmdlet(VerbsCommon.Get, "ItemPropertyValue", DefaultParameterSetName = "Path")]
public sealed class GetItemPropertyValue : PathCmdlet
{
    [Parameter(Position = 1, Mandatory = true), Alias("PSProperty")] public string[] Name { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            Attempt(path, ErrorCategory.ReadError, () =>
            {
                foreach (var item in InvokeProvider.Property.Get([path], new Collection<string>(Name), Literal))
                    foreach (var name in Name) WriteObject(item.Properties[name]?.Value);
            });
        }
    }
}

[Cmdlet(VerbsCommon.Set, "ItemProperty", DefaultParameterSetName = "Path")]
public sealed class SetItemProperty : PathCmdlet
{
    [Parameter(Position = 1, Mandatory = true), Alias("PSProperty")] public string Name { get; set; } = "";
    [Parameter(Position = 2, Mandatory = true), AllowNull] public object? Value { get; set; }
    [Parameter] public string? Type { get; set; }
    [Parameter] public SwitchParameter Force { get; set; }
    [Parameter] public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            Attempt(path, ErrorCategory.WriteError, () =>
            {
                Collection<PSObject> written;
                if (Type is not null) written = InvokeProvider.Property.New([path], Name, Type, Value, true, Literal);
                else
                {
                    var property = new PSObject();
                    property.Properties.Add(new PSNoteProperty(Name, Value));
                    written = InvokeProvider.Property.Set([path], property, Force, Literal);
                }
                if (PassThru) WriteObject(written, true);
            });
        }
    }
}

[Cmdlet(VerbsCommon.New, "ItemProperty", DefaultParameterSetName = "Path")]
public sealed class NewItemProperty : PathCmdlet
{
    [Parameter(Position = 1, Mandatory = true), Alias("PSProperty")] public string Name { get; set; } = "";
    [Parameter, Alias("Type")] public string? PropertyType { get; set; }
    [Parameter] public object? Value { get; set; }
    [Parameter] public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
            Attempt(path, ErrorCategory.WriteError, () => WriteObject(InvokeProvider.Property.New([path], Name, PropertyType, Value, Force, Literal), true));
    }
}

[Cmdlet(VerbsCommon.Remove, "ItemProperty", DefaultParameterSetName = "Path")]
public sealed class RemoveItemProperty : PathCmdlet
{
    [Parameter(Position = 1, Mandatory = true), Alias("PSProperty")] public string[] Name { get; set; } = [];
    [Parameter] public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
            foreach (var name in Name)
                Attempt(path, ErrorCategory.WriteError, () => InvokeProvider.Property.Remove([path], name, Force, Literal));
    }
}
