// Owns Get-Process, Stop-Process and Start-Process.
using System.ComponentModel;
using System.Diagnostics;
using System.Management.Automation;

namespace Lab.Cmdlets;

/// The names scripts may catch.
public sealed class ProcessCommandException(string message) : SystemException(message);

/// On Linux a dead process stays listed until its parent has looked; Windows has nothing like it.
public static class Living
{
    public static Process Only(Process process) => Is(process) ? process : throw new ArgumentException("It has ended.");

    public static bool Is(Process process)
    {
        if (OperatingSystem.IsWindows()) return true;
        try
        {
            var status = File.ReadAllText($"/proc/{process.Id}/stat");
            return status[status.LastIndexOf(')') + 2] != 'Z';
        }
        catch (IOException) { return false; }
    }
}

[Cmdlet(VerbsCommon.Get, "Process", DefaultParameterSetName = "Name")]
public sealed class GetProcess : LabCmdlet
{
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = "Name"), Alias("ProcessName")] public string[]? Name { get; set; }
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Id"), Alias("PID")] public int[] Id { get; set; } = [];

    protected override void ProcessRecord()
    {
        if (ParameterSetName == "Id")
        {
            foreach (var id in Id)
            {
                try { WriteObject(Living.Only(Process.GetProcessById(id))); }
                catch (ArgumentException) { WriteError(new ErrorRecord(new ProcessCommandException($"Cannot find a process with the process identifier {id}."), "NoProcessFoundForGivenId", ErrorCategory.ObjectNotFound, id)); }
            }
            return;
        }
        var all = Process.GetProcesses().Where(Living.Is).OrderBy(process => process.ProcessName, StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var name in Name ?? ["*"])
        {
            var found = all.Where(process => WildcardPattern.Get(name, WildcardOptions.IgnoreCase).IsMatch(process.ProcessName)).ToList();
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                WriteError(new ErrorRecord(new ProcessCommandException($"Cannot find a process with the name \"{name}\". Verify the process name and call the cmdlet again."), "NoProcessFoundForGivenName", ErrorCategory.ObjectNotFound, name));
            WriteObject(found, true);
        }
    }
}

[Cmdlet(VerbsLifecycle.Stop, "Process", DefaultParameterSetName = "Id")]
public sealed class StopProcess : LabCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Id", ValueFromPipelineByPropertyName = true)] public int[] Id { get; set; } = [];
    [Parameter(Mandatory = true, ParameterSetName = "InputObject", ValueFromPipeline = true)] public Process[] InputObject { get; set; } = [];
    [Parameter] public SwitchParameter Force { get; set; }
    [Parameter] public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var id in ParameterSetName == "Id" ? Id : InputObject.Select(process => process.Id))
        {
            Attempt(id, ErrorCategory.CloseError, () =>
            {
                using var process = Find(id);
                process.Kill();
                if (PassThru) WriteObject(process);
            });
        }
    }

    private static Process Find(int id)
    {
        try { return Process.GetProcessById(id); }
        catch (ArgumentException) { throw new ProcessCommandException($"Cannot find a process with the process identifier {id}."); }
    }
}

[Cmdlet(VerbsLifecycle.Start, "Process")]
public sealed class StartProcess : LabCmdlet
{
    [Parameter(Position = 0, Mandatory = true), Alias("PSPath")] public string FilePath { get; set; } = "";
    [Parameter(Position = 1), Alias("Args")] public string[]? ArgumentList { get; set; }
    [Parameter] public string? WorkingDirectory { get; set; }
    [Parameter] public SwitchParameter PassThru { get; set; }
    [Parameter] public SwitchParameter Wait { get; set; }
    [Parameter] public SwitchParameter NoNewWindow { get; set; }
    [Parameter] public ProcessWindowStyle WindowStyle { get; set; } = ProcessWindowStyle.Normal;

    protected override void EndProcessing()
    {
        // The words are joined with blanks and not quoted, exactly as the real cmdlet does it.
        var start = new ProcessStartInfo(FilePath, string.Join(' ', ArgumentList ?? [])) { UseShellExecute = false, WorkingDirectory = WorkingDirectory is null ? SessionState.Path.CurrentFileSystemLocation.ProviderPath : DiskPath(WorkingDirectory) };
        Process? process = null;
        try { process = Process.Start(start); }
        catch (Win32Exception problem)
        {
            ThrowTerminatingError(new ErrorRecord(new InvalidOperationException($"This command cannot be run due to the error: {problem.Message}."), "InvalidOperationException", ErrorCategory.InvalidOperation, null));
        }
        if (Wait) process!.WaitForExit();
        if (PassThru) WriteObject(process);
    }
}
