// Owns what every verb file must have: strict mode, errors that stop, help, and plain ASCII.
using System.Management.Automation.Language;

namespace Lab.Gate;

public static class FileRules
{
    public static void Check(Parsed file, Findings found)
    {
        CheckAscii(file, found);
        if (file.IsModule) return;
        if (!HasStrictMode(file.Tree)) found.Add(1, 1, "", "strict", "The script does not say: Set-StrictMode -Version 3");
        if (!HasStop(file.Tree)) found.Add(1, 1, "", "stop", "The script does not say: $ErrorActionPreference = 'Stop'");
        if (string.IsNullOrWhiteSpace(file.Tree.GetHelpContent()?.Synopsis)) found.Add(1, 1, "", "help", "The script has no comment-based help with a .SYNOPSIS");
    }

    private static bool HasStrictMode(Ast tree) => tree.Find(node =>
        node is CommandAst command && string.Equals(command.GetCommandName(), "Set-StrictMode", StringComparison.OrdinalIgnoreCase)
        && command.CommandElements.Count == 3 && command.CommandElements[1] is CommandParameterAst { ParameterName: var name } && name.Equals("Version", StringComparison.OrdinalIgnoreCase)
        && command.CommandElements[2].Extent.Text is "3" or "3.0", false) is not null;

    private static bool HasStop(Ast tree) => tree.Find(node =>
        node is AssignmentStatementAst { Left: VariableExpressionAst variable } assignment
        && variable.VariablePath.UserPath.Equals("ErrorActionPreference", StringComparison.OrdinalIgnoreCase)
        && assignment.Right.Extent.Text.Trim('\'', '"').Equals("Stop", StringComparison.OrdinalIgnoreCase), false) is not null;

    /// 5.1 reads a file without a byte order mark in the code page of the machine.
    private static void CheckAscii(Parsed file, Findings found)
    {
        var lines = file.Text.Split('\n');
        for (var line = 0; line < lines.Length; line++)
        {
            for (var column = 0; column < lines[line].Length; column++)
            {
                if (lines[line][column] <= '\u007e') continue;
                found.Add(line + 1, column + 1, lines[line].Trim(), "ascii", $"U+{(int)lines[line][column]:X4} is not ASCII: Windows PowerShell 5.1 reads it in the machine's code page.");
                break;
            }
        }
    }
}
