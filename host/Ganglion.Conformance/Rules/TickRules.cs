using Ganglion.Conformance.Flow;
using Ganglion.Metering;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ganglion.Conformance.Rules;

/// <summary>No structs and no allocations in what runs every tick.</summary>
/// <remarks>
/// Exempt, because the API leaves no other way: a SpanByte made in the very argument of an I2C or CRC call, and the
/// I2cTransferResult of an I2C call with the local that holds it. Exempt as not of the steady state: blocks that end in a throw.
/// </remarks>
internal sealed class TickRules(Findings findings, NanoFrameworkApi api, MethodDefinition method)
{
    private const string SpanByte = "System.SpanByte";
    private const string TransferResult = "System.Device.I2c.I2cTransferResult";
    private const string Keep = "Make it once, outside the tick, and keep it in a field";
    private const string NoStruct = "Use fields or separate numbers: the board puts every struct on the heap";

    private readonly HashSet<Instruction> _throwing = Throwing(method.Body);
    private readonly Dictionary<Instruction, string> _spans = [];

    /// <summary>Looks at the signature and the locals.</summary>
    public void Start()
    {
        string where = Names.Written(method);
        foreach (VariableDefinition? local in method.Body.Variables.Where(local => IsStruct(local.VariableType)
            && local.VariableType.FullName != TransferResult))
        {
            findings.Add(Rule.StructInTick, where, $"a local of struct type {local.VariableType.FullName}", NoStruct);
        }

        foreach (ParameterDefinition? parameter in method.Parameters.Where(parameter => IsStruct(parameter.ParameterType)))
        {
            findings.Add(Rule.StructInTick, where, $"a parameter of struct type {parameter.ParameterType.FullName}", NoStruct);
        }

        if (IsStruct(method.ReturnType))
        {
            findings.Add(Rule.StructInTick, where, $"a result of struct type {method.ReturnType.FullName}", NoStruct);
        }
    }

    public void Observe(MethodDefinition _, Instruction instruction, IReadOnlyList<Value> operands, FlowState state)
    {
        if (_throwing.Contains(instruction))
        {
            return;
        }

        switch (instruction.OpCode.Code)
        {
            case Code.Newarr:
                Allocation(instruction, $"new {((TypeReference)instruction.Operand).Name}[]");
                break;
            case Code.Box:
                Allocation(instruction, $"boxing of {((TypeReference)instruction.Operand).Name}");
                break;
            case Code.Ldstr:
                Allocation(instruction, $"the string \"{instruction.Operand}\", which the interpreter puts on the heap each time");
                break;
            case Code.Ldftn or Code.Ldvirtftn:
                Allocation(instruction, $"a delegate for {((MethodReference)instruction.Operand).Name}");
                break;
            case Code.Newobj:
                New(instruction, (MethodReference)instruction.Operand);
                break;
            case Code.Call or Code.Callvirt:
                Call(instruction, (MethodReference)instruction.Operand, operands);
                break;
            case Code.Initobj or Code.Ldobj or Code.Stobj or Code.Unbox or Code.Unbox_Any when IsStruct((TypeReference)instruction.Operand):
                Struct(instruction, $"{instruction.OpCode.Name} of {((TypeReference)instruction.Operand).FullName}");
                break;
            case Code.Ldfld or Code.Ldsfld or Code.Stfld or Code.Stsfld when IsStruct(((FieldReference)instruction.Operand).FieldType):
                Struct(instruction, $"a copy of the struct field {((FieldReference)instruction.Operand).Name}");
                break;
            case Code.Ldelem_Any or Code.Stelem_Any when IsStruct((TypeReference)instruction.Operand):
                Struct(instruction, $"a copy of a {((TypeReference)instruction.Operand).Name} out of or into an array");
                break;
        }
    }

    /// <summary>Reports the spans that no transfer took.</summary>
    public void Finish()
    {
        foreach ((Instruction? instruction, string? what) in _spans)
        {
            Struct(instruction, what + " that is not the argument of an I2C or CRC call");
        }
    }

    private void New(Instruction instruction, MethodReference constructor)
    {
        TypeReference type = constructor.DeclaringType;
        if (type.FullName == SpanByte)
        {
            _spans[instruction] = "a new SpanByte";
        }
        else if (IsStruct(type))
        {
            Struct(instruction, $"new {type.FullName}");
        }
        else if (instruction.Previous?.OpCode.Code is not (Code.Ldftn or Code.Ldvirtftn))
        {
            Allocation(instruction, $"new {type.FullName}");
        }
    }

    private void Call(Instruction instruction, MethodReference called, IReadOnlyList<Value> operands)
    {
        string type = called.DeclaringType.FullName;
        if (type is "System.Device.I2c.I2cDevice" or "System.IO.Hashing.Crc32")
        {
            foreach (Value? operand in operands.Where(operand => operand.Producer != null))
            {
                _spans.Remove(operand.Producer!);
            }
        }

        TypeReference result = called.ReturnType;
        if (CallGraph.Own(called) != null)
        {
            return;
        }

        if (result.FullName == SpanByte)
        {
            _spans[instruction] = $"the SpanByte of {called.Name}";
        }
        else if (IsStruct(result) && result.FullName != TransferResult)
        {
            Struct(instruction, $"the {result.FullName} of {called.Name}");
        }
        else if (result is ArrayType || result.MetadataType is MetadataType.String || (!result.IsValueType && result.MetadataType
                     is MetadataType.Class or MetadataType.Object && called.Name is not "Invoke"
                     && !called.Name.StartsWith("get_", StringComparison.Ordinal)))
        {
            Allocation(instruction, $"{type}::{called.Name}, which hands out a new object");
        }
    }

    private void Allocation(Instruction instruction, string what) =>
        findings.Add(Rule.AllocationInTick, method, instruction, what, Keep);

    private void Struct(Instruction instruction, string what) =>
        findings.Add(Rule.StructInTick, method, instruction, what, NoStruct);

    private bool IsStruct(TypeReference type) => api.IsStruct(type);

    // The blocks that end in a throw.
    private static HashSet<Instruction> Throwing(MethodBody body)
    {
        List<Instruction> leaders = BasicBlocks.Leaders(body);
        var leaderSet = leaders.ToHashSet();
        var throwing = new HashSet<Instruction>();
        foreach (Instruction leader in leaders)
        {
            Instruction last = BasicBlocks.Last(leader, leaderSet);
            if (last.OpCode.Code is not (Code.Throw or Code.Rethrow))
            {
                continue;
            }

            for (Instruction instruction = leader; ; instruction = instruction.Next)
            {
                throwing.Add(instruction);
                if (instruction == last)
                {
                    break;
                }
            }
        }

        return throwing;
    }
}
