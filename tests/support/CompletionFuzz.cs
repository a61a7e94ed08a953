using System;
using System.Collections.Generic;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace PolarPS.Tests
{
    /// <summary>Puts random texts through a function that completes them, and the results through PowerShell's parser.</summary>
    public static class CompletionFuzz
    {
        // Whatever means something to PowerShell, and what nobody sees.
        private const string Special =
            " \t\n\r'\"`$(){}[];,|&<>#@-+%*?!=.:/\\~^_0123456789abcxyzABC\u00e9\u00df\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u2013\u2014\u2015\u00a0\u0085\u2028\u200b\u202e\u3000\u001b\0";

        /// <param name="argument">Gives the argument for a text and a kind of quote; null where it offers none.</param>
        /// <param name="seed">Of the random numbers.</param>
        /// <param name="count">How many texts.</param>
        /// <param name="offered">How many were offered.</param>
        /// <returns>What was wrong.</returns>
        public static string[] Run(Func<string, char, string> argument, int seed, int count, out int offered)
        {
            var random = new Random(seed);
            var problems = new List<string>();
            offered = 0;
            for (var round = 0; round < count; round++)
            {
                var letters = new char[random.Next(1, 14)];
                for (var i = 0; i < letters.Length; i++)
                {
                    letters[i] =
                        random.Next(8) == 0 ? (char)random.Next(0x20, 0xD800) : Special[random.Next(Special.Length)];
                }

                var value = new string(letters);
                var text = argument(value, "\0'\""[random.Next(3)]);
                if (text == null)
                {
                    if (!Regex.IsMatch(value, @"[\p{Cc}\p{Cf}\u2028\u2029\u3164\u115F\u1160\u034F\u180B-\u180F]"))
                    {
                        problems.Add("'" + value + "' is not offered.");
                    }

                    continue;
                }

                offered++;
                if (Regex.IsMatch(text, @"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u2028\u2029\u202A-\u202E\u200B]"))
                {
                    problems.Add(text + " has characters that nobody sees.");
                }

                var problem = Check("Get-X -Id " + text, value);
                if (problem != null)
                {
                    problems.Add(problem);
                }
            }

            return problems.ToArray();
        }

        /// <summary>Null where the line is one command whose last argument is the value, a constant; else what it is.</summary>
        public static string Check(string line, string value)
        {
            Token[] tokens;
            ParseError[] errors;
            var tree = Parser.ParseInput(line, out tokens, out errors);
            if (errors.Length > 0)
            {
                return line + " does not parse: " + errors[0].Message;
            }

            if (
                tree.ParamBlock != null
                || tree.BeginBlock != null
                || tree.ProcessBlock != null
                || tree.EndBlock.Statements.Count != 1
            )
            {
                return line + " is several statements.";
            }

            var pipeline = tree.EndBlock.Statements[0] as PipelineAst;
            var command =
                pipeline == null || pipeline.PipelineElements.Count != 1
                    ? null
                    : pipeline.PipelineElements[0] as CommandAst;
            if (command == null || command.Redirections.Count > 0 || command.CommandElements.Count != 3)
            {
                return line + " is not one command with one argument.";
            }

            var constant = command.CommandElements[2] as StringConstantExpressionAst;
            return constant == null ? line + " has an argument that is no constant."
                : value != null && constant.Value != value ? line + " means '" + constant.Value + "'."
                : null;
        }
    }
}
