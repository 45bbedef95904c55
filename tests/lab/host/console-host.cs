// Owns the host object the engine talks to: who we are, and that `exit` was said.
using System.Globalization;
using System.Management.Automation.Host;

namespace Lab;

public sealed class ConsoleHost(ErrorWriter errors) : PSHost
{
    private readonly ConsoleInterface ui = new(errors);

    public int? ExitCode { get; private set; }
    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;
    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;
    public override Guid InstanceId { get; } = Guid.NewGuid();
    public override string Name => "ConsoleHost";
    public override PSHostUserInterface UI => ui;
    public override Version Version { get; } = new(5, 1, 14393, 0);

    public override void SetShouldExit(int exitCode) => ExitCode ??= exitCode;
    public override void EnterNestedPrompt() => throw new NotSupportedException("The lab's powershell has no nested prompt.");
    public override void ExitNestedPrompt() => throw new NotSupportedException("The lab's powershell has no nested prompt.");
    public override void NotifyBeginApplication() { }
    public override void NotifyEndApplication() { }
}
