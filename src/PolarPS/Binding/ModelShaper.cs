using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using PolarPS.Client;
using PolarPS.Client.Models;

namespace PolarPS.Commands;

/// <summary>
/// Adds the fields that this version has no property for, as ordinary properties: on the object and on everything
/// inside it.
/// </summary>
internal static class ModelShaper
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<Func<object, object?>>> Children = new();

    /// <summary>The object as PowerShell shows it.</summary>
    public static PSObject Shape(object item)
    {
        // Most responses have no such fields; then nothing is searched.
        if (item is PolarObject model && PolarObject.AnyUnknown)
        {
            AddUnknown(model);
        }

        return PSObject.AsPSObject(item);
    }

    private static void AddUnknown(PolarObject model)
    {
        foreach (var field in model.UnknownFields())
        {
            // PowerShell keeps such properties with the object itself, so they are available wherever it is used.
            PSObject
                .AsPSObject(model)
                .Properties.Add(new PSNoteProperty(JsonSettings.PropertyName(field.Key), field.Value));
        }

        foreach (var child in Children.GetOrAdd(model.GetType(), FindChildren))
        {
            switch (child(model))
            {
                case PolarObject inner:
                    AddUnknown(inner);
                    break;
                case IEnumerable list:
                    foreach (var inner in list.OfType<PolarObject>())
                    {
                        AddUnknown(inner);
                    }

                    break;
            }
        }
    }

    private static IReadOnlyList<Func<object, object?>> FindChildren(Type type) =>
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetIndexParameters().Length == 0 && HoldsModels(property.PropertyType))
                .Select(property => (Func<object, object?>)property.GetValue),
        ];

    private static bool HoldsModels(Type type) =>
        typeof(PolarObject).IsAssignableFrom(type)
        || (
            type.IsGenericType
            && type.GetGenericTypeDefinition() == typeof(PolarList<>)
            && typeof(PolarObject).IsAssignableFrom(type.GetGenericArguments()[0])
        );
}
