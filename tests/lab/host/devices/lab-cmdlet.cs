// Owns what all supplied cmdlets share: an exception becomes an error record of the item at hand, not the end of the pipeline.
using System.Management.Automation;

namespace Lab.Cmdlets;

public abstract class LabCmdlet : PSCmdlet
{
    protected void Attempt(object? target, ErrorCategory category, Action action)
    {
        try
        {
            action();
        }
        catch (PipelineStoppedException)
        {
            throw;
        }
        catch (Exception problem)
        {
            WriteError(RecordOf(problem, target, category));
        }
    }

    protected static ErrorRecord RecordOf(Exception problem, object? target, ErrorCategory category) =>
        problem is IContainsErrorRecord { ErrorRecord: { } carried }
            ? new ErrorRecord(carried, problem)
            : new ErrorRecord(problem, problem.GetType().Name, category, target);

    protected void Fail(string message, string id, ErrorCategory category, object? target = null) =>
        ThrowTerminatingError(new ErrorRecord(new InvalidOperationException(message), id, category, target));

    /// What the lab does not supply is said aloud: an empty answer would be taken for a fact.
    protected void Unsupplied(string what) => Fail($"The lab does not supply {what}.", "LabUnsupplied", ErrorCategory.NotImplemented);

    protected static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject is PSCustomObject ? wrapped : wrapped.BaseObject : value;

    /// A path on disk for a PowerShell path that need not exist.
    protected string DiskPath(string path)
    {
        var found = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        if (provider.Name != "FileSystem") throw new NotSupportedException($"The lab supplies this cmdlet for files only, not for the provider {provider.Name}.");
        return found;
    }

    /// The paths behind -Path (wildcards) or -LiteralPath (none).
    protected IEnumerable<string> DiskPaths(string[] paths, bool literal)
    {
        foreach (var path in paths)
        {
            if (literal || !WildcardPattern.ContainsWildcardCharacters(path))
            {
                yield return DiskPath(path);
                continue;
            }
            foreach (var resolved in SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _)) yield return resolved;
        }
    }
}

/// The -Path / -LiteralPath pair that nearly every item cmdlet has.
public abstract class PathCmdlet : LabCmdlet
{
    private string[] paths = ["."];
    protected bool Literal { get; private set; }

    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    public string[] Path { get => paths; set => paths = value; }

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath")]
    public string[] LiteralPath { get => paths; set { paths = value; Literal = true; } }
}
