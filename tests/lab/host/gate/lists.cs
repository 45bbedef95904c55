// Owns what Windows PowerShell 5.1 has: the two lists of facts, and the short supplement beside them for what the lists leave out.
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text.Json;

namespace Lab.Gate;

public sealed class Lists
{
    private static readonly StringComparer blind = StringComparer.OrdinalIgnoreCase;
    private Dictionary<string, HashSet<string>> commands = new(blind);
    private readonly Dictionary<string, HashSet<string>> types = new(blind);
    private readonly HashSet<string> accelerators = new(blind);
    private readonly HashSet<string> common = new(blind);
    private readonly Dictionary<string, string> aliases = new(blind);
    private HashSet<string> ownTypes = new(blind);

    public static Lists Load(string commandsFile, string typesFile)
    {
        var lists = new Lists();
        using var commandFacts = JsonDocument.Parse(File.ReadAllText(commandsFile));
        foreach (var name in commandFacts.RootElement.GetProperty("commonParameters").EnumerateArray()) lists.common.Add(name.GetString()!);
        foreach (var module in commandFacts.RootElement.GetProperty("modules").EnumerateObject()) lists.TakeCommands(module.Value);
        using var typeFacts = JsonDocument.Parse(File.ReadAllText(typesFile));
        foreach (var name in typeFacts.RootElement.GetProperty("typeAccelerators").EnumerateArray()) lists.accelerators.Add(name.GetString()!);
        lists.TakeTypes(typeFacts.RootElement.GetProperty("types"));
        var supplement = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(typesFile))!, "supplement.json");
        if (File.Exists(supplement))
        {
            using var more = JsonDocument.Parse(File.ReadAllText(supplement));
            lists.TakeCommands(more.RootElement.GetProperty("commands"));
            lists.TakeTypes(more.RootElement.GetProperty("types"));
        }
        foreach (var alias in InitialSessionState.CreateDefault().Commands.OfType<SessionStateAliasEntry>()) lists.aliases[alias.Name] = alias.Definition;
        foreach (var (name, command) in oldAliases) lists.aliases[name] = command;
        return lists;
    }

    /// Aliases of 5.1 that the engine no longer has.
    private static readonly (string, string)[] oldAliases =
    [
        ("ls", "Get-ChildItem"), ("cat", "Get-Content"), ("cp", "Copy-Item"), ("mv", "Move-Item"), ("rm", "Remove-Item"), ("ps", "Get-Process"), ("sort", "Sort-Object"), ("sleep", "Start-Sleep"),
        ("curl", "Invoke-WebRequest"), ("wget", "Invoke-WebRequest"), ("sc", "Set-Content"), ("gwmi", "Get-WmiObject"), ("start", "Start-Process"), ("kill", "Stop-Process"), ("tee", "Tee-Object"),
        ("echo", "Write-Output"), ("write", "Write-Output"), ("diff", "Compare-Object"), ("compare", "Compare-Object"), ("pwd", "Get-Location"), ("rmdir", "Remove-Item"), ("mount", "New-PSDrive"),
    ];

    private void TakeCommands(JsonElement module)
    {
        foreach (var command in module.EnumerateObject())
        {
            if (!commands.TryGetValue(command.Name, out var parameters)) commands[command.Name] = parameters = new(blind);
            foreach (var parameter in command.Value.EnumerateArray()) parameters.Add(parameter.GetString()!);
        }
    }

    private void TakeTypes(JsonElement all)
    {
        foreach (var type in all.EnumerateObject())
        {
            var name = type.Name.Replace('/', '+');
            if (!types.TryGetValue(name, out var members)) types[name] = members = new(blind);
            foreach (var member in type.Value.EnumerateArray()) members.Add(member.GetString()!);
        }
    }

    public void AddFunctions(Ast tree)
    {
        foreach (var function in tree.FindAll(node => node is FunctionDefinitionAst, true).Cast<FunctionDefinitionAst>())
        {
            // A method of a class is a function to the parser.
            if (function.Parent is FunctionMemberAst) continue;
            var parameters = (function.Parameters ?? function.Body.ParamBlock?.Parameters)?.Select(parameter => parameter.Name.VariablePath.UserPath) ?? [];
            commands[function.Name] = new(parameters, blind);
        }
        foreach (var type in tree.FindAll(node => node is TypeDefinitionAst, true).Cast<TypeDefinitionAst>()) ownTypes.Add(type.Name);
    }

    public Lists WithFunctionsOf(Ast tree)
    {
        var copy = (Lists)MemberwiseClone();
        copy.commands = new(commands, blind);
        copy.ownTypes = new(ownTypes, blind);
        copy.AddFunctions(tree);
        return copy;
    }

    public bool HasCommand(string name) => commands.ContainsKey(name);
    public string? AliasFor(string name) => aliases.GetValueOrDefault(name);
    public bool HasParameter(string command, string parameter) => common.Contains(parameter) || commands[command].Contains(parameter);
    public string? LongerParameter(string command, string start) => commands[command].Concat(common).FirstOrDefault(name => name.StartsWith(start, StringComparison.OrdinalIgnoreCase));
    public bool IsAccelerator(string name) => accelerators.Contains(name);
    public bool IsOwnType(string name) => ownTypes.Contains(name);

    /// The name under which the lists know a type, or null.
    public string? TypeKey(string name)
    {
        foreach (var candidate in new[] { name, "System." + name })
        {
            if (types.ContainsKey(candidate)) return candidate;
        }
        return null;
    }

    public bool HasMember(string typeKey, string member, bool isStatic) => types[typeKey].Contains((isStatic ? "::" : ".") + member);
    public int MemberCount(string typeKey) => types[typeKey].Count;
}
