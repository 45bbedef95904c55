// Owns the words of a Windows command line.
using System.Text;

namespace Lab;

public static class CommandLine
{
    /// The words of a Windows command line, by the rules every C program there follows.
    public static List<string> Split(string command)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool quoted = false, begun = false;
        for (var index = 0; index < command.Length; index++)
        {
            var character = command[index];
            if (character == '\\')
            {
                var count = 0;
                for (; index < command.Length && command[index] == '\\'; index++) count++;
                var beforeQuote = index < command.Length && command[index] == '"';
                word.Append('\\', beforeQuote ? count / 2 : count);
                begun = true;
                if (beforeQuote && count % 2 == 1) word.Append('"');
                else index--;
            }
            else if (character == '"')
            {
                begun = true;
                if (quoted && index + 1 < command.Length && command[index + 1] == '"') { word.Append('"'); index++; }
                else quoted = !quoted;
            }
            else if (character is ' ' or '\t' && !quoted)
            {
                if (begun) words.Add(word.ToString());
                word.Clear();
                begun = false;
            }
            else { word.Append(character); begun = true; }
        }
        if (begun) words.Add(word.ToString());
        return words;
    }
}
