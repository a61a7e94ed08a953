using System.Net.Http;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text;
using Xunit;

namespace PolarPS.Client.Tests.Reading;

/// <summary>
/// Metadata is not made before something does not fit: in a new process it takes as long as the request itself.
/// </summary>
public sealed class StartTests
{
    private const string Page =
        """{"items":[{"id":"1","name":"Harbor","prices":[{"id":"2","amount_type":"fixed","price_amount":900}],"metadata":{"a":1},"zzz":[1]}],"pagination":{"total_count":1,"max_page":1}}""";

    private const string MisfitPage =
        """{"items":[{"id":"1","name":["Harbor"]}],"pagination":{"total_count":1,"max_page":1}}""";

    [Fact]
    public async Task AListIsReadWithoutMetadata()
    {
        var assembly = await ListProducts(Page);

        Assert.False(IsMade(assembly));
    }

    [Fact]
    public async Task AMisfitAsksForMetadata()
    {
        var assembly = await ListProducts(MisfitPage);

        Assert.True(IsMade(assembly));
    }

    [Fact]
    public void NoResourceNamesMetadata()
    {
        using var file = new PEReader(System.IO.File.OpenRead(typeof(PolarClient).Assembly.Location));
        var code = file.GetMetadataReader();
        var callers = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in code.TypeDefinitions.Select(code.GetTypeDefinition))
        {
            var name = OutermostName(code, type);
            if (name == nameof(PolarJson))
            {
                continue;
            }

            foreach (var method in type.GetMethods().Select(code.GetMethodDefinition))
            {
                if (method.RelativeVirtualAddress != 0 && Names(code, file, method))
                {
                    callers.Add(name);
                }
            }
        }

        // What is read is read by the first of them; the others write, or compare what is to be written.
        Assert.Equal(["MeterFilter", "ModelReader`1", "PolarObject", "UpdateComparison"], callers);
    }

    // In a load context of its own, where nobody else has made anything.
    private static async Task<Assembly> ListProducts(string page)
    {
        var context = new AssemblyLoadContext(nameof(StartTests));
        var assembly = context.LoadFromAssemblyPath(typeof(PolarClient).Assembly.Location);
        Assert.NotSame(typeof(PolarClient).Assembly, assembly);
        using var handler = new Stub(page);
        using var http = new HttpClient(handler) { BaseAddress = new Uri("https://polar.test") };
        dynamic client = Activator.CreateInstance(
            assembly.GetType(typeof(PolarClient).FullName!)!,
            [.. new object?[] { http }.Concat(MissingArguments())]
        )!;
        var read = 0;
        await foreach (var product in (IAsyncEnumerable<object>)client.Products.List())
        {
            Assert.Equal("Product", product.GetType().Name);
            read++;
        }

        Assert.Equal(1, read);
        return assembly;
    }

    private static IEnumerable<object?> MissingArguments() =>
        typeof(PolarClient)
            .GetConstructors()
            .Single(maker => maker.GetParameters()[0].ParameterType == typeof(HttpClient))
            .GetParameters()
            .Skip(1)
            .Select(_ => (object?)null);

    // Nothing tells whether a class has been initialised; but to do so allocates, and to have done so does not.
    private static bool IsMade(Assembly assembly)
    {
        var type = assembly.GetType(typeof(PolarJson).FullName!)!.TypeHandle;
        var first = Cost(type);
        var second = Cost(type);
        return first <= second + 100;

        static long Cost(RuntimeTypeHandle type)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            RuntimeHelpers.RunClassConstructor(type);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static string OutermostName(MetadataReader code, TypeDefinition type)
    {
        while (!type.GetDeclaringType().IsNil)
        {
            type = code.GetTypeDefinition(type.GetDeclaringType());
        }

        return code.GetString(type.Name);
    }

    // Whether a method calls something of that class: its token stands in the code.
    private static bool Names(MetadataReader code, PEReader file, MethodDefinition method)
    {
        var il = file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!;
        for (var index = 0; index + 5 <= il.Length; index++)
        {
            // call, callvirt, newobj, ldsfld
            if (il[index] is not (0x28 or 0x6F or 0x73 or 0x7E))
            {
                continue;
            }

            var token = BitConverter.ToInt32(il, index + 1);
            var type = (token >> 24) switch
            {
                0x06 when (token & 0xFFFFFF) <= code.MethodDefinitions.Count => code.GetMethodDefinition(
                        (MethodDefinitionHandle)MetadataTokens.Handle(token)
                    )
                    .GetDeclaringType(),
                0x04 when (token & 0xFFFFFF) <= code.FieldDefinitions.Count => code.GetFieldDefinition(
                        (FieldDefinitionHandle)MetadataTokens.Handle(token)
                    )
                    .GetDeclaringType(),
                _ => default,
            };
            if (!type.IsNil && code.GetString(code.GetTypeDefinition(type).Name) == nameof(PolarJson))
            {
                return true;
            }
        }

        return false;
    }
}
