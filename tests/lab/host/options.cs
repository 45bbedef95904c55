// Owns the command line: the options of powershell.exe that the product uses, abbreviations included.
using System.Text;

namespace Lab;

public sealed class Options
{
    public string? Command { get; private set; }
    public bool CommandFromInput { get; private set; }
    public bool Encoded { get; private set; }
    public string? File { get; private set; }
    public string[] FileArguments { get; private set; } = [];
    public string? ErrorFormat { get; private set; }

    public static Options Parse(string[] arguments)
    {
        var options = new Options();
        for (var index = 0; index < arguments.Length; index++)
        {
            var argument = arguments[index];
            if (!argument.StartsWith('-') && !argument.StartsWith('/'))
            {
                // The first thing that is no option is the command, as Windows PowerShell has it.
                options.TakeCommand(arguments[index..]);
                return options;
            }
            var name = argument.TrimStart('-', '/').ToLowerInvariant();
            string Value() => ++index < arguments.Length ? arguments[index] : throw new ArgumentException($"The option {argument} needs a value.");
            if (Is(name, "nologo", 3) || Is(name, "noprofile", 3) || Is(name, "noninteractive", 4) || name is "sta" or "mta") continue;
            // With `-Command -`, the only place we meet it, the session ends with its input anyway.
            if (Is(name, "noexit", 3)) continue;
            if (Is(name, "executionpolicy", 2) || name == "ep") Value();
            else if (Is(name, "outputformat", 1)) RequireText(argument, Value());
            else if (Is(name, "inputformat", 2)) options.ErrorFormat = RequireText(argument, Value());
            else if (Is(name, "windowstyle", 1)) Value();
            else if (Is(name, "encodedcommand", 1) || name == "ec")
            {
                options.Encoded = true;
                options.Command = Decode(Value());
            }
            else if (Is(name, "command", 1))
            {
                options.TakeCommand(arguments[(index + 1)..]);
                return options;
            }
            else if (Is(name, "file", 1))
            {
                options.File = Value();
                options.FileArguments = arguments[(index + 1)..];
                return options;
            }
            else throw new ArgumentException($"The lab's powershell does not know the option {argument}.");
        }
        if (options.Command is null) options.CommandFromInput = true;
        return options;
    }

    private void TakeCommand(string[] words)
    {
        if (words.Length == 0) throw new ArgumentException("The option -Command needs a value.");
        if (words is ["-"]) CommandFromInput = true;
        else Command = string.Join(' ', words);
    }

    private static bool Is(string given, string whole, int least) => given.Length >= least && whole.StartsWith(given, StringComparison.Ordinal);

    private static string RequireText(string option, string value) =>
        value.Equals("text", StringComparison.OrdinalIgnoreCase) || value.Equals("none", StringComparison.OrdinalIgnoreCase)
            ? value
            : throw new ArgumentException($"The lab's powershell knows only Text for {option}.");

    private static string Decode(string encoded)
    {
        try
        {
            return Encoding.Unicode.GetString(Convert.FromBase64String(encoded));
        }
        catch (FormatException)
        {
            throw new ArgumentException("Cannot process the command because the value specified with -EncodedCommand is not properly encoded.");
        }
    }
}
