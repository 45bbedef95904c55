// Owns types and members: every type a script names, every static member, and every instance member whose type the engine can infer.
using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;

namespace Lab.Gate;

public sealed class TypeRules(Lists lists, Findings found)
{
    /// What PowerShell itself adds to every object, and to files, dates and processes.
    private static readonly HashSet<string> added = new(StringComparer.OrdinalIgnoreCase)
        { "PSObject", "PSTypeNames", "PSBase", "Count", "Length", "ForEach", "Where", "PSPath", "PSParentPath", "PSChildName", "PSDrive", "PSProvider", "PSIsContainer", "BaseName", "VersionInfo", "Mode", "DateTime", "Name", "Handles", "Property" };

    public void Check(Ast tree)
    {
        foreach (var node in tree.FindAll(_ => true, true))
        {
            switch (node)
            {
                case TypeExpressionAst expression: CheckType(expression.TypeName, expression.Extent); break;
                // [ordered]@{} is syntax, not a type.
                case ConvertExpressionAst { Type.TypeName.Name: "ordered", Child: HashtableAst }: break;
                case TypeConstraintAst { TypeName.Name: "ordered", Parent: ConvertExpressionAst { Child: HashtableAst } }: break;
                case AttributeBaseAst attribute: CheckType(attribute.TypeName, attribute.Extent); break;
                case CommandAst command when string.Equals(command.GetCommandName(), "New-Object", StringComparison.OrdinalIgnoreCase): CheckNewObject(command); break;
                case MemberExpressionAst member: CheckMember(member); break;
            }
        }
    }

    private void CheckType(ITypeName type, IScriptExtent where)
    {
        switch (type)
        {
            case ArrayTypeName array: CheckType(array.ElementType, where); return;
            case GenericTypeName generic:
                CheckName($"{generic.TypeName.FullName}`{generic.GenericArguments.Count}", where);
                foreach (var argument in generic.GenericArguments) CheckType(argument, where);
                return;
            default: CheckName(type.FullName, where); return;
        }
    }

    private void CheckName(string name, IScriptExtent where)
    {
        if (lists.IsAccelerator(name) || lists.IsOwnType(name) || lists.TypeKey(name) is not null || lists.TypeKey(name + "Attribute") is not null) return;
        found.Add(where, "type", $"The type {name} is not on the list of what Windows PowerShell 5.1 has.");
    }

    private void CheckNewObject(CommandAst command)
    {
        for (var index = 1; index < command.CommandElements.Count; index++)
        {
            if (command.CommandElements[index] is CommandParameterAst parameter)
            {
                if (parameter.ParameterName.Equals("TypeName", StringComparison.OrdinalIgnoreCase)) continue;
                return;
            }
            if (command.CommandElements[index] is StringConstantExpressionAst constant)
            {
                // A generic type comes as text here, and the parser reads it best.
                if (Parser.ParseInput($"[{constant.Value}]", out _, out var problems).Find(node => node is TypeExpressionAst, true) is TypeExpressionAst type && problems.Length == 0) CheckType(type.TypeName, constant.Extent);
                else found.Add(constant.Extent, "type", $"{constant.Value} is not the name of a type.");
            }
            return;
        }
    }

    private void CheckMember(MemberExpressionAst member)
    {
        if (member.Member is not StringConstantExpressionAst { Value: var name }) return;
        if (member.Static)
        {
            if (member.Expression is TypeExpressionAst { TypeName: var type }) CheckStatic(member, type, name);
            return;
        }
        if (added.Contains(name)) return;
        var inferred = Inference.TypesOf(member.Expression).ToList();
        if (inferred.Count == 0 || inferred.Exists(type => type is null || IsOpen(type) || MayBeOfSubclass(type, name))) return;
        var known = inferred.Select(type => lists.TypeKey(NameOf(type!))).ToList();
        if (known.Exists(key => key is null || lists.HasMember(key, name, isStatic: false))) return;
        found.Add(member.Member.Extent, "member", $"{NameOf(inferred[0]!)} has no member {name} in Windows PowerShell 5.1.");
    }

    private void CheckStatic(MemberExpressionAst member, ITypeName type, string name)
    {
        if (lists.IsOwnType(type.FullName) || name.Equals("new", StringComparison.OrdinalIgnoreCase)) return;
        var key = lists.TypeKey(type is GenericTypeName generic ? $"{generic.TypeName.FullName}`{generic.GenericArguments.Count}" : type.FullName)
            ?? (type.GetReflectionType() is { } real ? lists.TypeKey(NameOf(real)) : null);
        // A type that is on no list has its own offence; an accelerator whose members are on none is as unknown.
        if (key is null)
        {
            if (lists.IsAccelerator(type.FullName)) found.Add(member.Extent, "member", $"No list says which members [{type.FullName}] has in Windows PowerShell 5.1.");
            return;
        }
        if (!lists.HasMember(key, name, isStatic: true)) found.Add(member.Member.Extent, "member", $"{key} has no static member {name} in Windows PowerShell 5.1.");
    }

    /// Objects whose members are decided by what is in them.
    private static bool IsOpen(Type type) =>
        type == typeof(object) || type == typeof(PSObject) || type.IsArray || typeof(IDictionary).IsAssignableFrom(type) || typeof(PSObject).IsAssignableFrom(type)
        || typeof(IEnumerable).IsAssignableFrom(type) && type.IsInterface || typeof(System.Xml.XmlNode).IsAssignableFrom(type);

    /// The engine infers what is declared. A member that even the engine's own type lacks is then that of a subclass: Exception.SocketErrorCode.
    private static bool MayBeOfSubclass(Type type, string member) =>
        !type.IsSealed && type.GetMember(member, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase).Length == 0;

    private static string NameOf(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName ?? type.Name;
}

/// The engine's own inference, which it keeps internal.
public static class Inference
{
    private static readonly MethodInfo? infer = typeof(PSObject).Assembly.GetType("System.Management.Automation.AstTypeInference")?
        .GetMethod("InferTypeOf", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, [typeof(Ast)]);

    public static IEnumerable<Type?> TypesOf(Ast expression)
    {
        if (infer is null) throw new MissingMethodException("This engine has no AstTypeInference.InferTypeOf(Ast): the gate cannot check members.");
        try { return ((IEnumerable<PSTypeName>)infer.Invoke(null, [expression])!).Select(type => type.Type).ToList(); }
        catch (TargetInvocationException) { return []; }
    }
}

internal static class AstExtensions
{
    public static bool IsConstantVariable(this VariableExpressionAst variable) => variable.VariablePath.UserPath.ToLowerInvariant() is "true" or "false" or "null";
}
