// Owns one run of the process: opens the runspace, runs what was asked, and turns the outcome into Windows PowerShell's exit code.
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace Lab;

public sealed class Execution(Options options)
{
    private const BindingFlags hidden = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
    private const string verdict = "LabLastStatementSucceeded";
    private readonly ErrorWriter errors = new(options.Encoded && options.ErrorFormat is null && Console.IsErrorRedirected);

    public int Run()
    {
        PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
        var host = new ConsoleHost(errors);
        var state = InitialSessionState.CreateDefault();
        // The execution policy is the lab's to be open: its files carry no signature.
        if (OperatingSystem.IsWindows()) state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        using var runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        runspace.Open();
        Runspace.DefaultRunspace = runspace;
        runspace.SessionStateProxy.SetVariable("ErrorView", "NormalView");
        int code;
        if (options.CommandFromInput) code = new InputCommands(runspace, host, errors).Run();
        else if (options.File is not null) code = RunFile(runspace, host, options.File);
        else code = RunText(runspace, host, options.Command ?? "");
        errors.End();
        return code;
    }

    private int RunText(Runspace runspace, ConsoleHost host, string text)
    {
        var pipeline = runspace.CreatePipeline();
        pipeline.Commands.Add(new Command(WithVerdict(text), isScript: true, useLocalScope: false));
        return Invoke(pipeline, runspace, host, errors, text, reportsQuestionMark: true);
    }

    private int RunFile(Runspace runspace, ConsoleHost host, string file)
    {
        var path = Path.GetFullPath(file);
        if (!File.Exists(path))
        {
            errors.Line($"The argument '{file}' to the -File parameter does not exist. Provide the path to an existing '.ps1' file as an argument to the -File parameter.");
            // Windows PowerShell says 0xFFFD0000 here, of which Linux would keep a zero.
            return OperatingSystem.IsWindows() ? unchecked((int)0xFFFD0000) : 1;
        }
        var command = new Command(path, isScript: false, useLocalScope: false);
        RethrowExit(runspace);
        foreach (var parameter in FileParameters.Parse(options.FileArguments)) command.Parameters.Add(parameter);
        var pipeline = runspace.CreatePipeline();
        pipeline.Commands.Add(command);
        return Invoke(pipeline, runspace, host, errors, File.ReadAllText(path), reportsQuestionMark: false);
    }

    /// Without this the engine keeps the exit of a script file to itself; the switch is internal, and its own console host throws it too.
    private static void RethrowExit(Runspace runspace)
    {
        var context = Context(runspace);
        context.GetType().GetProperty("ScriptCommandProcessorShouldRethrowExit", hidden)!.SetValue(context, true);
    }

    /// Adds a last statement that keeps $?, which the end of the pipeline would overwrite; a text that cannot take one is left alone.
    internal static string WithVerdict(string text)
    {
        var longer = $"{text}\n$global:{verdict} = $?";
        Parser.ParseInput(text, out _, out var before);
        Parser.ParseInput(longer, out _, out var after);
        return before.Length == 0 && after.Length == 0 ? longer : text;
    }

    private static object Context(Runspace runspace) => typeof(Runspace).GetProperty("ExecutionContext", hidden)!.GetValue(runspace)!;

    internal static int Invoke(Pipeline pipeline, Runspace runspace, ConsoleHost host, ErrorWriter errors, string text, bool reportsQuestionMark)
    {
        pipeline.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        pipeline.Commands.Add(new Command("Out-Default", isScript: false, useLocalScope: true));
        using var ended = new ManualResetEventSlim();
        pipeline.StateChanged += (_, change) =>
        {
            if (change.PipelineStateInfo.State is PipelineState.Completed or PipelineState.Failed or PipelineState.Stopped) ended.Set();
        };
        pipeline.InvokeAsync();
        // Standard input belongs to the script, unless the script asks for it as $input.
        if (Console.IsInputRedirected && UsesInput(text)) Feed(pipeline);
        pipeline.Input.Close();
        ended.Wait();
        if (pipeline.PipelineStateInfo.State == PipelineState.Failed && pipeline.PipelineStateInfo.Reason is { } reason)
        {
            if (reason is not ExitException) Report(runspace, errors, reason);
            return host.ExitCode ?? 1;
        }
        if (host.ExitCode is { } asked) return asked;
        if (!reportsQuestionMark) return 0;
        return runspace.SessionStateProxy.GetVariable(verdict) is false ? 1 : 0;
    }

    private static void Feed(Pipeline pipeline)
    {
        try
        {
            while (Console.In.ReadLine() is { } line) pipeline.Input.Write(line);
        }
        catch (PipelineClosedException)
        {
            // The script ended before its input did.
        }
    }

    private static bool UsesInput(string text) =>
        Parser.ParseInput(text, out _, out _).Find(node => node is VariableExpressionAst variable && variable.VariablePath.UserPath.Equals("input", StringComparison.OrdinalIgnoreCase), true) is not null;

    /// The engine formats a terminating error as it formats any other, so it is sent through Out-Default.
    private static void Report(Runspace runspace, ErrorWriter errors, Exception reason)
    {
        var record = reason is IContainsErrorRecord { ErrorRecord: { } carried } ? new ErrorRecord(carried, reason) : new ErrorRecord(reason, "Unhandled", ErrorCategory.NotSpecified, null);
        try
        {
            var wrapped = new PSObject(record);
            // Marks it as an error for the formatter, which else sends it to standard output.
            var stream = typeof(PSObject).GetProperty("WriteStream", hidden)!;
            stream.SetValue(wrapped, Enum.Parse(stream.PropertyType, "Error"));
            using var pipeline = runspace.CreatePipeline();
            pipeline.Commands.Add("Out-Default");
            pipeline.Input.Write(wrapped);
            pipeline.Input.Close();
            pipeline.Invoke();
        }
        catch (Exception)
        {
            errors.Line(reason.Message);
        }
    }
}
