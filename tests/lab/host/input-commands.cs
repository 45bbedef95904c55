// Owns `-Command -`: statements read from standard input, one after another, in one runspace.
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text;

namespace Lab;

public sealed class InputCommands(Runspace runspace, ConsoleHost host, ErrorWriter errors)
{
    public int Run()
    {
        var code = 0;
        var pending = new StringBuilder();
        while (host.ExitCode is null)
        {
            var line = Console.In.ReadLine();
            if (line is null) break;
            pending.AppendLine(line);
            var text = pending.ToString();
            if (string.IsNullOrWhiteSpace(text)) continue;
            // A block that is still open waits for more, and for the empty line that ends it.
            var open = IsIncomplete(text) || (pending.ToString().TrimEnd().Contains('\n') && line.Length != 0);
            if (open) continue;
            pending.Clear();
            code = RunOne(text);
        }
        if (host.ExitCode is null && pending.ToString().Trim().Length > 0) code = RunOne(pending.ToString());
        return host.ExitCode ?? code;
    }

    private int RunOne(string text)
    {
        var pipeline = runspace.CreatePipeline();
        pipeline.Commands.Add(new Command(Execution.WithVerdict(text), isScript: true, useLocalScope: false));
        // Its input is the rest of the commands, so $input is never fed from it.
        return Execution.Invoke(pipeline, runspace, host, errors, "", reportsQuestionMark: true);
    }

    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out var problems);
        return problems.Any(problem => problem.IncompleteInput);
    }
}
