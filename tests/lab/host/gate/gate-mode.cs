// Owns the --gate51 mode: files in, one JSON array of offences out; exit code 0 when there is none, 1 otherwise.
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text.Json;

namespace Lab.Gate;

public sealed record Offence(string File, int Line, int Column, string Text, string Rule, string Message);

public static class GateMode
{
    private static readonly JsonSerializerOptions camel = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static int Run(string[] arguments)
    {
        if (arguments.Length < 3)
        {
            Console.Error.WriteLine("usage: --gate51 <commands.json> <types.json> <file.ps1 or file.psm1> ...");
            return 64;
        }
        // The engine's type inference looks up commands in the current runspace.
        using var runspace = RunspaceFactory.CreateRunspace();
        runspace.Open();
        Runspace.DefaultRunspace = runspace;
        var lists = Lists.Load(arguments[0], arguments[1]);
        var files = arguments[2..].Select(path => Parsed.Load(path)).ToList();
        foreach (var file in files.Where(file => file.IsModule)) lists.AddFunctions(file.Tree);
        var offences = files.SelectMany(file => Check(file, lists)).OrderBy(offence => offence.File, StringComparer.Ordinal).ThenBy(offence => offence.Line).ThenBy(offence => offence.Column).ToList();
        Console.Out.WriteLine(JsonSerializer.Serialize(offences, camel));
        return offences.Count == 0 ? 0 : 1;
    }

    private static IReadOnlyList<Offence> Check(Parsed file, Lists lists)
    {
        var own = lists.WithFunctionsOf(file.Tree);
        var found = new Findings(file);
        foreach (var problem in file.Problems) found.Add(problem.Extent, "parse", problem.Message);
        FileRules.Check(file, found);
        SyntaxRules.Check(file, found);
        new CommandRules(own, found).Check(file.Tree);
        new TypeRules(own, found).Check(file.Tree);
        return found.All;
    }
}

/// One file as the engine's own parser reads it.
public sealed record Parsed(string Path, string Text, ScriptBlockAst Tree, Token[] Tokens, ParseError[] Problems)
{
    public bool IsModule => Path.EndsWith(".psm1", StringComparison.OrdinalIgnoreCase);

    public static Parsed Load(string path)
    {
        var tree = Parser.ParseFile(System.IO.Path.GetFullPath(path), out var tokens, out var problems);
        return new Parsed(path, File.ReadAllText(path), tree, tokens, problems);
    }
}

public sealed class Findings(Parsed file)
{
    private readonly List<Offence> all = [];
    public IReadOnlyList<Offence> All => all;

    public void Add(IScriptExtent where, string rule, string message) => Add(where.StartLineNumber, where.StartColumnNumber, where.Text, rule, message);

    public void Add(int line, int column, string text, string rule, string message)
    {
        var shown = text.Length > 120 ? text[..120] + "..." : text;
        if (!all.Exists(known => known.Line == line && known.Column == column && known.Rule == rule)) all.Add(new Offence(file.Path, line, column, shown, rule, message));
    }
}
