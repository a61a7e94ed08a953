using System.Collections;
using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Client;

/// <summary>The dictionary of the models, with few keys and with many, which it keeps in different ways.</summary>
public sealed class DictionaryTests
{
    public static TheoryData<int> Sizes => [0, 1, 2, 3, 16, 17, 40];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void KeepsKeysInOrderAndFindsThemInAnyCase(int size)
    {
        var dictionary = Of(size);

        Assert.Equal(size, dictionary.Count);
        Assert.Equal(Enumerable.Range(0, size).Select(number => $"Key{number}"), dictionary.Keys);
        Assert.Equal(Enumerable.Range(0, size), dictionary.Values);
        Assert.Equal(dictionary.Keys.Zip(dictionary.Values), dictionary.Select(entry => (entry.Key, entry.Value)));
        for (var number = 0; number < size; number++)
        {
            Assert.Equal(number, dictionary[$"Key{number}"]);
            Assert.Equal(number, dictionary[$"KEY{number}"]);
            Assert.Equal(number, ((IDictionary)dictionary)[$"key{number}"]);
        }

        Assert.False(dictionary.ContainsKey($"Key{size}"));
        Assert.False(dictionary.TryGetValue("", out _));
        Assert.Throws<KeyNotFoundException>(() => dictionary["missing"]);
        Assert.Throws<ArgumentNullException>(() => dictionary[null!]);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void TakesKeysThatDifferInCaseOnly(int size)
    {
        var dictionary = Of(size);
        dictionary.Add("name", 1);
        dictionary.Add("NAME", 2);
        dictionary.Put("Name", 3);
        dictionary.Put("name", 4);

        Assert.Equal(size + 3, dictionary.Count);
        Assert.Equal([4, 2, 3], new[] { dictionary["name"], dictionary["NAME"], dictionary["Name"] });
        // The first of those that fit.
        Assert.Equal(4, dictionary["nAmE"]);
        Assert.Throws<ArgumentException>(() => dictionary.Add("NAME", 5));

        dictionary["nAmE"] = 6;
        Assert.Equal((size + 3, 6), (dictionary.Count, dictionary["name"]));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void StaysInOrderWhenKeysAreRemoved(int size)
    {
        var dictionary = Of(size);
        var left = Enumerable.Range(0, size).Select(number => $"Key{number}").ToList();
        foreach (var number in new[] { 0, size / 2, size - 1 }.Where(number => number >= 0 && number < size).Distinct())
        {
            Assert.True(dictionary.Remove($"kEy{number}"));
            left.Remove($"Key{number}");
            Assert.False(dictionary.Remove($"Key{number}"));
            Assert.Equal(left, dictionary.Keys);
            Assert.All(left, key => Assert.Equal(key, $"Key{dictionary[key]}"));
        }

        dictionary.Add("New", -1);
        Assert.Equal([.. left, "New"], dictionary.Keys);
        dictionary.Clear();
        Assert.Empty(dictionary);
        dictionary["Again"] = 1;
        Assert.Equal(["Again"], dictionary.Keys);
    }

    [Fact]
    public void IsAnOrdinaryDictionaryToOthers()
    {
        var dictionary = Of(3);
        IDictionary plain = dictionary;
        var entries = new DictionaryEntry[4];
        plain.CopyTo(entries, 1);
        Assert.Equal(new DictionaryEntry("Key0", 0), entries[1]);
        var pairs = new KeyValuePair<string, int>[3];
        ((ICollection<KeyValuePair<string, int>>)dictionary).CopyTo(pairs, 0);
        Assert.Equal(dictionary, pairs);

        var seen = new List<object>();
        foreach (DictionaryEntry entry in plain)
        {
            seen.Add($"{entry.Key}={entry.Value}");
        }

        Assert.Equal(["Key0=0", "Key1=1", "Key2=2"], seen);
        Assert.Equal("Key0=0; Key1=1; Key2=2", dictionary.ToString());
        plain.Remove(1);
        plain.Remove("KEY1");
        Assert.False(plain.Contains("Key1"));
        Assert.False(plain.Contains(1));
        Assert.Null(plain[1]);
        Assert.Throws<ArgumentException>(() => plain.Add(1, 1));
    }

    [Fact]
    public void ValuesMayChangeDuringEnumerationButKeysMayNot()
    {
        var dictionary = Of(3);
        foreach (var entry in dictionary)
        {
            dictionary[entry.Key] = entry.Value + 1;
        }

        Assert.Equal([1, 2, 3], dictionary.Values);
        // The keys are a copy.
        foreach (var key in dictionary.Keys)
        {
            dictionary.Remove(key);
        }

        Assert.Empty(dictionary);
        dictionary.Add("one", 1);
        Assert.Throws<InvalidOperationException>(() =>
        {
            foreach (var entry in dictionary)
            {
                dictionary.Add(entry.Key + "!", 0);
            }
        });
    }

    private static PolarDictionary<int> Of(int size)
    {
        var dictionary = new PolarDictionary<int>();
        for (var number = 0; number < size; number++)
        {
            dictionary.Add($"Key{number}", number);
        }

        return dictionary;
    }
}
