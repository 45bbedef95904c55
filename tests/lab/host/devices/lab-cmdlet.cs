// Owns how the lab's own cmdlets say no: by name, because an empty answer would be taken for a fact.
using System.Management.Automation;

namespace Lab.Devices;

public abstract class LabCmdlet : PSCmdlet
{
    protected void Fail(string message, string id, ErrorCategory category, object? target = null) =>
        ThrowTerminatingError(new ErrorRecord(new InvalidOperationException(message), id, category, target));

    protected void Unsupplied(string what) => Fail($"The lab does not supply {what}.", "LabUnsupplied", ErrorCategory.NotImplemented);
}
