// Owns how the words after -File become parameters of the script.
using System.Management.Automation.Runspaces;

namespace Lab;

public static class FileParameters
{
    public static IEnumerable<CommandParameter> Parse(string[] words)
    {
        string? pending = null;
        foreach (var word in words)
        {
            if (word.Length > 1 && word[0] == '-' && !char.IsDigit(word[1]))
            {
                if (pending is not null) yield return new CommandParameter(pending, null);
                pending = null;
                var colon = word.IndexOf(':');
                if (colon < 0) yield return new CommandParameter(word, null);
                else if (colon == word.Length - 1) pending = word;
                else yield return new CommandParameter(word[..colon], Value(word[(colon + 1)..]));
            }
            else if (pending is not null)
            {
                yield return new CommandParameter(pending, Value(word));
                pending = null;
            }
            else yield return new CommandParameter(null, word);
        }
        if (pending is not null) yield return new CommandParameter(pending, null);
    }

    /// A switch may be given as -Name:$false, the only value that is not a plain string.
    private static object Value(string text) => text.ToLowerInvariant() switch { "$true" => true, "$false" => false, _ => text };
}
