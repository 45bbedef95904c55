// Owns the Variable cmdlets, for the scopes a script can name with a prefix.
using System.Management.Automation;

namespace Lab.Cmdlets;

public abstract class VariableCmdlet : LabCmdlet
{
    [Parameter] public string? Scope { get; set; }

    protected string Scoped(string name)
    {
        if (Scope is null) return name;
        if (Scope.ToLowerInvariant() is not ("global" or "script" or "local" or "private")) Unsupplied($"the variable scope '{Scope}'");
        return $"{Scope}:{name}";
    }
}

[Cmdlet(VerbsCommon.Get, "Variable")]
public sealed class GetVariable : VariableCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)] public string[] Name { get; set; } = [];
    [Parameter] public SwitchParameter ValueOnly { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            if (WildcardPattern.ContainsWildcardCharacters(name)) Unsupplied("wildcards in Get-Variable");
            var variable = SessionState.PSVariable.Get(Scoped(name));
            if (variable is null) WriteError(new ErrorRecord(new ItemNotFoundException($"Cannot find a variable with the name '{name}'."), "VariableNotFound", ErrorCategory.ObjectNotFound, name));
            else WriteObject(ValueOnly ? variable.Value : variable);
        }
    }
}

[Cmdlet(VerbsCommon.Set, "Variable")]
public class SetVariable : VariableCmdlet
{
    [Parameter(Position = 0, Mandatory = true)] public string[] Name { get; set; } = [];
    [Parameter(Position = 1, ValueFromPipeline = true)] public object? Value { get; set; }
    [Parameter] public string? Description { get; set; }
    [Parameter] public ScopedItemOptions Option { get; set; }
    [Parameter] public SwitchParameter Force { get; set; }
    [Parameter] public SwitchParameter PassThru { get; set; }

    protected override void EndProcessing()
    {
        foreach (var name in Name)
        {
            var variable = new PSVariable(Scoped(name), Value, Option);
            if (Description is not null) variable.Description = Description;
            if (Option == ScopedItemOptions.None) SessionState.PSVariable.Set(Scoped(name), Value);
            else SessionState.PSVariable.Set(variable);
            if (PassThru) WriteObject(SessionState.PSVariable.Get(Scoped(name)));
        }
    }
}

[Cmdlet(VerbsCommon.New, "Variable")]
public sealed class NewVariable : SetVariable
{
    protected override void EndProcessing()
    {
        foreach (var name in Name)
        {
            if (!Force && Scope is not null && SessionState.PSVariable.Get(Scoped(name)) is not null)
                Fail($"A variable with name '{name}' already exists.", "VariableAlreadyExists", ErrorCategory.ResourceExists, name);
        }
        base.EndProcessing();
    }
}

[Cmdlet(VerbsCommon.Remove, "Variable")]
public sealed class RemoveVariable : VariableCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)] public string[] Name { get; set; } = [];
    [Parameter] public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            if (SessionState.PSVariable.Get(Scoped(name)) is null) WriteError(new ErrorRecord(new ItemNotFoundException($"Cannot find a variable with the name '{name}'."), "VariableNotFound", ErrorCategory.ObjectNotFound, name));
            else SessionState.PSVariable.Remove(Scoped(name));
        }
    }
}
