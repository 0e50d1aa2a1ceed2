using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Receivables.Sdk.Tests.Architecture;

/// <summary>One use that a type makes of another: who, whom, and which member where it is one.</summary>
internal sealed record Use(string FromNamespace, string FromType, string ToNamespace, string ToType, string? Member);

/// <summary>Reads a compiled assembly: everything that its types name in signatures, locals, IL tokens, attributes, bases and constraints.</summary>
internal sealed class AssemblyScan
{
    private static readonly OpCode[] OneByte = new OpCode[256];
    private static readonly OpCode[] TwoByte = new OpCode[256];
    private readonly MetadataReader _metadata;
    private readonly PEReader _pe;
    private readonly HashSet<Use> _uses = [];
    private (string Namespace, string Name) _from;

    static AssemblyScan()
    {
        foreach (var field in typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            var code = (OpCode)field.GetValue(null)!;
            (code.Size == 1 ? OneByte : TwoByte)[(byte)code.Value] = code;
        }
    }

    private AssemblyScan(PEReader pe) => (_pe, _metadata) = (pe, pe.GetMetadataReader());

    internal static (IReadOnlyCollection<Use> Uses, IReadOnlyList<string> BadStatics, IReadOnlyCollection<string> Namespaces) Of(string file, string rootNamespace)
    {
        using var pe = new PEReader(File.OpenRead(file));
        var scan = new AssemblyScan(pe);
        var statics = new List<string>();
        var namespaces = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var handle in scan._metadata.TypeDefinitions)
        {
            var (ns, name) = scan.NameOf(handle);
            if (!IsWithin(ns, rootNamespace) || scan.IsGenerated(handle))
            {
                continue;
            }

            scan._from = (ns, name);
            namespaces.Add(ns);
            scan.ReadType(scan._metadata.GetTypeDefinition(handle));
            statics.AddRange(scan.BadStatics(handle, name));
        }

        return (scan._uses, statics, namespaces);
    }

    internal static bool IsWithin(string ns, string root) => ns == root || ns.StartsWith(root + ".", StringComparison.Ordinal);

    private void ReadType(TypeDefinition type)
    {
        Type(type.BaseType);
        foreach (var i in type.GetInterfaceImplementations())
        {
            Type(_metadata.GetInterfaceImplementation(i).Interface);
        }

        Attributes(type.GetCustomAttributes());
        Constraints(type.GetGenericParameters());
        foreach (var h in type.GetFields())
        {
            var field = _metadata.GetFieldDefinition(h);
            field.DecodeSignature(new Names(this), null);
            Attributes(field.GetCustomAttributes());
        }

        foreach (var h in type.GetProperties())
        {
            Attributes(_metadata.GetPropertyDefinition(h).GetCustomAttributes());
        }

        foreach (var h in type.GetMethods())
        {
            var method = _metadata.GetMethodDefinition(h);
            method.DecodeSignature(new Names(this), null);
            Attributes(method.GetCustomAttributes());
            Constraints(method.GetGenericParameters());
            if (method.RelativeVirtualAddress != 0)
            {
                Body(_pe.GetMethodBody(method.RelativeVirtualAddress));
            }
        }
    }

    private void Constraints(GenericParameterHandleCollection parameters)
    {
        foreach (var p in parameters)
        {
            foreach (var c in _metadata.GetGenericParameter(p).GetConstraints())
            {
                Type(_metadata.GetGenericParameterConstraint(c).Type);
            }
        }
    }

    private void Attributes(CustomAttributeHandleCollection attributes)
    {
        foreach (var a in attributes)
        {
            Token(_metadata.GetCustomAttribute(a).Constructor);
        }
    }

    private void Body(MethodBodyBlock body)
    {
        if (!body.LocalSignature.IsNil)
        {
            _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(new Names(this), null);
        }

        foreach (var region in body.ExceptionRegions)
        {
            Type(region.CatchType);
        }

        var il = body.GetILReader();
        while (il.RemainingBytes > 0)
        {
            var first = il.ReadByte();
            var code = first == 0xFE ? TwoByte[il.ReadByte()] : OneByte[first];
            switch (code.OperandType)
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    il.ReadByte();
                    break;
                case OperandType.InlineVar:
                    il.ReadInt16();
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    il.ReadInt64();
                    break;
                case OperandType.InlineSwitch:
                    var targets = il.ReadInt32();
                    il.Offset += targets * 4;
                    break;
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    Token(MetadataTokens.EntityHandle(il.ReadInt32()));
                    break;
                default:
                    il.ReadInt32();
                    break;
            }
        }
    }

    private void Token(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition or HandleKind.TypeReference or HandleKind.TypeSpecification:
                Type(handle);
                break;
            case HandleKind.MethodDefinition:
                var method = _metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
                Add(NameOf(method.GetDeclaringType()), _metadata.GetString(method.Name));
                break;
            case HandleKind.FieldDefinition:
                var field = _metadata.GetFieldDefinition((FieldDefinitionHandle)handle);
                Add(NameOf(field.GetDeclaringType()), _metadata.GetString(field.Name));
                break;
            case HandleKind.MemberReference:
                Member(_metadata.GetMemberReference((MemberReferenceHandle)handle));
                break;
            case HandleKind.MethodSpecification:
                var spec = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                spec.DecodeSignature(new Names(this), null);
                Token(spec.Method);
                break;
        }
    }

    private void Member(MemberReference member)
    {
        var name = _metadata.GetString(member.Name);
        if (member.GetKind() == MemberReferenceKind.Method)
        {
            // What distinguishes overloads (ToUpper() from ToUpper(culture)) is the number of parameters.
            name += "/" + member.DecodeMethodSignature(new Names(this), null).ParameterTypes.Length;
        }
        else
        {
            member.DecodeFieldSignature(new Names(this), null);
        }

        if (member.Parent.Kind is HandleKind.TypeReference or HandleKind.TypeDefinition)
        {
            Add(NameOf(member.Parent), name);
        }
        else if (member.Parent.Kind == HandleKind.TypeSpecification)
        {
            Type(member.Parent);
        }
    }

    private void Type(EntityHandle handle)
    {
        if (handle.IsNil)
        {
            return;
        }

        if (handle.Kind == HandleKind.TypeSpecification)
        {
            _metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(new Names(this), null);
        }
        else
        {
            Add(NameOf(handle), null);
        }
    }

    private void Add((string Namespace, string Name) to, string? member) => _uses.Add(new Use(_from.Namespace, _from.Name, to.Namespace, to.Name, member));

    private (string Namespace, string Name) NameOf(EntityHandle handle)
    {
        if (handle.Kind == HandleKind.TypeDefinition)
        {
            var type = _metadata.GetTypeDefinition((TypeDefinitionHandle)handle);
            var name = _metadata.GetString(type.Name);
            if (type.IsNested)
            {
                var (ns, outer) = NameOf(type.GetDeclaringType());
                return (ns, outer + "+" + name);
            }

            return (_metadata.GetString(type.Namespace), name);
        }

        var reference = _metadata.GetTypeReference((TypeReferenceHandle)handle);
        if (reference.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            var (ns, outer) = NameOf(reference.ResolutionScope);
            return (ns, outer + "+" + _metadata.GetString(reference.Name));
        }

        return (_metadata.GetString(reference.Namespace), _metadata.GetString(reference.Name));
    }

    // Only what a source generator made is exempt; what the compiler makes of a lambda or an await is the author's code.
    private bool IsGenerated(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        foreach (var a in type.GetCustomAttributes())
        {
            var constructor = _metadata.GetCustomAttribute(a).Constructor;
            if (constructor.Kind == HandleKind.MemberReference
                && NameOf(_metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent).Name == "GeneratedCodeAttribute")
            {
                return true;
            }
        }

        return type.IsNested && IsGenerated(type.GetDeclaringType());
    }

    private IEnumerable<string> BadStatics(TypeDefinitionHandle handle, string typeName)
    {
        foreach (var h in _metadata.GetTypeDefinition(handle).GetFields())
        {
            var field = _metadata.GetFieldDefinition(h);
            var name = _metadata.GetString(field.Name);
            if ((field.Attributes & FieldAttributes.Static) == 0 || (field.Attributes & FieldAttributes.Literal) != 0
                || name.Contains('<', StringComparison.Ordinal) || typeName.Contains('<', StringComparison.Ordinal))
            {
                continue;
            }

            if ((field.Attributes & FieldAttributes.InitOnly) == 0)
            {
                yield return $"{typeName}.{name} is a mutable static field";
            }
            else if (field.DecodeSignature(new Names(this), null) is "array")
            {
                yield return $"{typeName}.{name} is a static array";
            }
        }
    }

    /// <summary>Walks a signature and notes every type in it; answers "array" for one, since static arrays are not allowed.</summary>
    private sealed class Names(AssemblyScan scan) : ISignatureTypeProvider<string, object?>
    {
        public string GetArrayType(string elementType, ArrayShape shape) => "array";

        public string GetSZArrayType(string elementType) => "array";

        public string GetByReferenceType(string elementType) => "";

        public string GetFunctionPointerType(MethodSignature<string> signature) => "";

        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => "";

        public string GetGenericMethodParameter(object? genericContext, int index) => "";

        public string GetGenericTypeParameter(object? genericContext, int index) => "";

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

        public string GetPinnedType(string elementType) => elementType;

        public string GetPointerType(string elementType) => "";

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => "";

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
        {
            scan.Type(handle);
            return "";
        }

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
        {
            scan.Type(handle);
            return "";
        }

        public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
        {
            scan.Type(handle);
            return "";
        }
    }
}
