// Owns commands and their parameters: known to 5.1, spelled out, no aliases, no wildcards by way of -Path.
using System.Management.Automation.Language;

namespace Lab.Gate;

public sealed class CommandRules(Lists lists, Findings found)
{
    private static readonly HashSet<string> switches = new(StringComparer.OrdinalIgnoreCase) { "Recurse", "Force", "Raw", "File", "Directory", "PassThru", "NoNewline", "Container", "Verbose", "Debug", "Name" };

    public void Check(Ast tree)
    {
        foreach (var command in tree.FindAll(node => node is CommandAst, true).Cast<CommandAst>()) CheckCommand(command);
    }

    private void CheckCommand(CommandAst command)
    {
        // & $program and . $file run what only the running script knows.
        if (command.GetCommandName() is not { } written) return;
        var name = written.Contains('\\') && !written.Contains(':') && !written.Contains('/') && !written.StartsWith('.') && !written.StartsWith('\\') ? written[(written.LastIndexOf('\\') + 1)..] : written;
        var where = command.CommandElements[0].Extent;
        if (!lists.HasCommand(name))
        {
            if (IsFullPath(written)) return;
            if (lists.AliasFor(name) is { } whole) found.Add(where, "alias", $"{name} is an alias: write {whole}.");
            else found.Add(where, "command", $"Windows PowerShell 5.1 has no command {name}; a program is named by its full path.");
            return;
        }
        foreach (var parameter in command.CommandElements.OfType<CommandParameterAst>()) CheckParameter(name, parameter);
        if (name.Equals("Add-Type", StringComparison.OrdinalIgnoreCase)) CheckAddType(command);
        if (lists.HasParameter(name, "LiteralPath")) CheckPath(command);
    }

    private static bool IsFullPath(string text) => text.Length > 2 && (text[1] == ':' && text[2] == '\\' || text.StartsWith(@"\\", StringComparison.Ordinal));

    private void CheckParameter(string command, CommandParameterAst parameter)
    {
        if (lists.HasParameter(command, parameter.ParameterName)) return;
        var longer = lists.LongerParameter(command, parameter.ParameterName);
        found.Add(parameter.Extent, "parameter", longer is null
            ? $"{command} has no parameter -{parameter.ParameterName} in Windows PowerShell 5.1."
            : $"-{parameter.ParameterName} is an abbreviation: write -{longer}.");
    }

    private void CheckAddType(CommandAst command)
    {
        var named = command.CommandElements.OfType<CommandParameterAst>().Select(parameter => parameter.ParameterName);
        if (!named.Any(name => name.Equals("AssemblyName", StringComparison.OrdinalIgnoreCase))) found.Add(command.Extent, "add-type", "Add-Type with source starts a compiler: only -AssemblyName is allowed.");
    }

    private void CheckPath(CommandAst command)
    {
        var elements = command.CommandElements;
        for (var index = 1; index < elements.Count; index++)
        {
            if (elements[index] is CommandParameterAst parameter)
            {
                var isPath = parameter.ParameterName.Equals("Path", StringComparison.OrdinalIgnoreCase);
                var value = parameter.Argument ?? (index + 1 < elements.Count ? elements[index + 1] as ExpressionAst : null);
                if (isPath && value is not null && HoldsVariable(value)) found.Add(parameter.Extent, "literal-path", "-Path reads wildcards out of a variable: write -LiteralPath.");
                if (parameter.Argument is null && !switches.Contains(parameter.ParameterName)) index++;
                else if (parameter.ParameterName.Equals("LiteralPath", StringComparison.OrdinalIgnoreCase)) return;
                if (parameter.ParameterName.Equals("LiteralPath", StringComparison.OrdinalIgnoreCase) || isPath) return;
            }
            else
            {
                if (HoldsVariable(elements[index])) found.Add(elements[index].Extent, "literal-path", "The first argument is -Path, which reads wildcards out of a variable: write -LiteralPath.");
                return;
            }
        }
    }

    private static bool HoldsVariable(Ast value) => value.Find(node => node is VariableExpressionAst variable && !variable.IsConstantVariable(), true) is not null;
}
