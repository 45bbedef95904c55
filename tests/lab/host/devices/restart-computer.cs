// Owns Restart-Computer: the wish is recorded, and the lab manager carries it out on this lab host alone.
using System.Management.Automation;

namespace Lab.Devices;

[Cmdlet(VerbsLifecycle.Restart, "Computer")]
public sealed class RestartComputer : LabCmdlet
{
    [Parameter] public SwitchParameter Force { get; set; }

    protected override void EndProcessing()
    {
        // A file that appears whole: whoever watches for it needs no lock.
        var path = Path.Combine(LabState.Folder, "restart.request");
        File.WriteAllText(path + ".part", $"{{ \"at\": \"{DateTime.UtcNow:O}\", \"by\": \"Restart-Computer\", \"force\": {(Force ? "true" : "false")} }}");
        File.Move(path + ".part", path, overwrite: true);
    }
}
