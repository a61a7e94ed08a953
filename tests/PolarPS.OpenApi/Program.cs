using System.Text;
using PolarPS.OpenApi;

// For tests that are not written in C#: writes the description, in the form that they read, to a file. The way it ends says
// whether there is one: 0 for yes, 2 for no, with the reason; anything else is an error.
if (args.Length != 1)
{
    Console.Error.WriteLine("Usage: PolarPS.OpenApi FILE");
    return 1;
}

if (DescriptionFile.Missing is { } reason)
{
    Console.WriteLine(reason);
    return 2;
}

File.WriteAllText(
    args[0],
    DescriptionFile.Read().ToJsonString(),
    new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)
);
return 0;
