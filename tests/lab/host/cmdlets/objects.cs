// Owns New-Object, Add-Member, Get-Member and Out-String.
using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Lab.Cmdlets;

[Cmdlet(VerbsCommon.New, "Object")]
public sealed class NewObject : LabCmdlet
{
    [Parameter(Position = 0, Mandatory = true)] public string TypeName { get; set; } = "";
    [Parameter(Position = 1), Alias("Args")] public object[]? ArgumentList { get; set; }
    [Parameter] public IDictionary? Property { get; set; }

    protected override void EndProcessing()
    {
        if (!LanguagePrimitives.TryConvertTo<Type>(TypeName, out var type))
            Fail($"Cannot find type [{TypeName}]: verify that the assembly containing this type is loaded.", "TypeNotFound", ErrorCategory.InvalidType, TypeName);
        if (type == typeof(PSObject) || type == typeof(PSCustomObject))
        {
            var made = ArgumentList is { Length: > 0 } ? PSObject.AsPSObject(ArgumentList[0]) : new PSObject();
            foreach (DictionaryEntry entry in Property ?? new Hashtable()) made.Properties.Add(new PSNoteProperty(entry.Key.ToString(), entry.Value));
            WriteObject(made);
            return;
        }
        // The engine picks the constructor, so that its rules of conversion hold.
        var script = ScriptBlock.Create("param($type, $arguments) ,($type::new.Invoke($arguments))");
        object? created;
        try { created = script.Invoke(type, (ArgumentList ?? []).Select(Bare).ToArray()).FirstOrDefault(); }
        catch (RuntimeException problem)
        {
            ThrowTerminatingError(new ErrorRecord(problem.InnerException ?? problem, "ConstructorInvokedThrowException", ErrorCategory.InvalidOperation, null));
            return;
        }
        var wrapped = PSObject.AsPSObject(Bare(created));
        foreach (DictionaryEntry entry in Property ?? new Hashtable()) wrapped.Properties[entry.Key.ToString()].Value = entry.Value;
        WriteObject(wrapped, enumerateCollection: false);
    }
}

[Cmdlet(VerbsCommon.Add, "Member", DefaultParameterSetName = "TypeName")]
public sealed class AddMember : LabCmdlet
{
    [Parameter(Mandatory = true, ValueFromPipeline = true)] public PSObject InputObject { get; set; } = new();
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "MemberSet"), Alias("Type")] public PSMemberTypes MemberType { get; set; }
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "MemberSet")] public string Name { get; set; } = "";
    [Parameter(Position = 2, ParameterSetName = "MemberSet")] public object? Value { get; set; }
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "NotePropertySingleMember")] public string NotePropertyName { get; set; } = "";
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "NotePropertySingleMember"), AllowNull] public object? NotePropertyValue { get; set; }
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "NotePropertyMultiMember")] public IDictionary NotePropertyMembers { get; set; } = new Hashtable();
    [Parameter(ParameterSetName = "TypeName")] public string? TypeName { get; set; }
    [Parameter] public SwitchParameter Force { get; set; }
    [Parameter] public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case "NotePropertySingleMember": Add(new PSNoteProperty(NotePropertyName, NotePropertyValue)); break;
            case "NotePropertyMultiMember":
                foreach (DictionaryEntry entry in NotePropertyMembers) Add(new PSNoteProperty(entry.Key.ToString(), entry.Value));
                break;
            case "TypeName": if (TypeName is not null) InputObject.TypeNames.Insert(0, TypeName); break;
            default:
                Add(MemberType switch
                {
                    PSMemberTypes.NoteProperty => new PSNoteProperty(Name, Value),
                    PSMemberTypes.ScriptMethod => new PSScriptMethod(Name, (ScriptBlock)Bare(Value)!),
                    PSMemberTypes.ScriptProperty => new PSScriptProperty(Name, (ScriptBlock)Bare(Value)!),
                    PSMemberTypes.AliasProperty => new PSAliasProperty(Name, Value?.ToString()),
                    _ => throw new NotSupportedException($"The lab does not supply members of the kind {MemberType}."),
                });
                break;
        }
        if (PassThru) WriteObject(InputObject);
    }

    private void Add(PSMemberInfo member)
    {
        if (InputObject.Members[member.Name] is not null)
        {
            if (!Force)
            {
                WriteError(new ErrorRecord(new InvalidOperationException($"Cannot add a member with the name \"{member.Name}\" because a member with that name already exists. To overwrite the member anyway, add the Force parameter to your command."), "MemberAlreadyExists", ErrorCategory.InvalidOperation, InputObject));
                return;
            }
            InputObject.Members.Remove(member.Name);
        }
        InputObject.Members.Add(member);
    }
}

[Cmdlet(VerbsCommon.Get, "Member")]
public sealed class GetMember : LabCmdlet
{
    private readonly HashSet<string> seen = [];

    [Parameter(ValueFromPipeline = true)] public PSObject? InputObject { get; set; }
    [Parameter(Position = 0)] public string[] Name { get; set; } = ["*"];
    [Parameter] public PSMemberTypes MemberType { get; set; } = PSMemberTypes.All;

    protected override void ProcessRecord()
    {
        if (InputObject is null || !seen.Add(InputObject.TypeNames[0])) return;
        foreach (var member in InputObject.Members.OrderBy(member => member.Name, StringComparer.OrdinalIgnoreCase))
        {
            if ((member.MemberType & MemberType) == 0 || !Name.Any(pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(member.Name))) continue;
            var made = new PSObject();
            made.Properties.Add(new PSNoteProperty("TypeName", InputObject.TypeNames[0]));
            made.Properties.Add(new PSNoteProperty("Name", member.Name));
            made.Properties.Add(new PSNoteProperty("MemberType", member.MemberType));
            made.Properties.Add(new PSNoteProperty("Definition", member.ToString()));
            WriteObject(made);
        }
    }
}

[Cmdlet(VerbsData.Out, "String")]
public sealed class OutString : LabCmdlet
{
    private readonly List<PSObject> items = [];

    [Parameter(ValueFromPipeline = true)] public PSObject? InputObject { get; set; }
    [Parameter, ValidateRange(2, int.MaxValue)] public int Width { get; set; } = 120;
    [Parameter] public SwitchParameter Stream { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null) items.Add(InputObject);
    }

    /// The engine keeps its formatter to itself, so the objects go through Out-Default of a runspace whose host collects the lines.
    protected override void EndProcessing()
    {
        var host = new CollectingHost(Width);
        using var runspace = RunspaceFactory.CreateRunspace(host, InitialSessionState.CreateDefault());
        runspace.Open();
        using var shell = PowerShell.Create();
        shell.Runspace = runspace;
        shell.AddCommand("Out-Default").Invoke(items);
        var text = host.Text;
        if (!Stream) WriteObject(text);
        else foreach (var line in text.Split(Environment.NewLine).SkipLast(1)) WriteObject(line);
    }
}
