# The words that texts and comments do not use, because readers stumble over them. Each has a better one; CONTRIBUTING.md says which.
BeforeDiscovery {
    $words = @(
        @{ Word = 'mail address'; Instead = 'email address'; Pattern = '(?<![Ee])[Mm]ail address' }
        @{ Word = 'e-mail'; Instead = 'email'; Pattern = '\b[Ee]-mail' }
        @{ Word = 'means of payment'; Instead = 'payment method'; Pattern = '\b[Mm]eans of payment' }
        @{ Word = 'pay back'; Instead = 'refund'; Pattern = '\b[Pp]a(y|ys|id|ying) back\b' }
        @{ Word = 'take back'; Instead = 'undo'; Pattern = '\b[Tt](ake|akes|aken|aking|ook) (it |that |this )?back\b' }
        @{ Word = 'take away'; Instead = 'revoke'; Pattern = '\b[Tt](ake|akes|aken|aking|ook) (it |that |this )?away\b' }
        @{ Word = 'give in'; Instead = 'accept the dispute'; Pattern = '\b[Gg]ives? in(:| to\b)' }
        @{ Word = 'for good'; Instead = 'permanently'; Pattern = '\bfor good\b' }
        @{ Word = 'no way back'; Instead = 'cannot be undone'; Pattern = '\b(no|without a) way back\b' }
        @{ Word = 'use up'; Instead = 'add to the usage'; Pattern = '\b[Uu]s(e|es|ing) up\b' }
        @{ Word = 'whoever, somebody'; Instead = 'anyone who, a user, a caller'; Pattern = '\b([Ww]hoever|([Ss]ome|[Aa]ny)body)\b' }
        @{ Word = 'needed here'; Instead = 'expected'; Pattern = '\bneeded here\b' }
        @{ Word = 'a thing'; Instead = 'an object'; Pattern = '\b([Aa]|[Tt]he|[Nn]o|[Nn]o such|kinds? of) things?\b' }
        @{ Word = 'of no matter'; Instead = 'does not matter'; Pattern = '\bof no matter\b' }
        @{ Word = 'as good as'; Instead = 'works like, counts as'; Pattern = '\bas good as\b' }
        @{ Word = 'reckon'; Instead = 'calculate, compute, count'; Pattern = '\b[Rr]eckon' }
        @{ Word = 'anew, afresh'; Instead = 'again'; Pattern = '\b([Aa]new|[Aa]fresh)\b' }
        @{ Word = 'not any more'; Instead = 'no longer'; Pattern = '\bany more\b(?! [a-z]+s\b)' }
        @{ Word = 'for ever'; Instead = 'forever, without expiry'; Pattern = '\bfor ever\b' }
        @{ Word = 'the map of the house'; Instead = 'how the code is organised'; Pattern = '\bmap of the house\b' }
        @{ Word = 'the till'; Instead = 'the checkout'; Pattern = '\bthe till\b' }
        @{ Word = 'could be had'; Instead = 'is available'; Pattern = '\b(can(not)?|could( not)?) be had\b' }
    )
}

Describe 'The words' {
    BeforeAll {
        $root = Split-Path $PSScriptRoot
        # What the package brings of these, where only the package is there.
        $script:files = @(
            'docs', 'src', 'tools' | ForEach-Object { Join-Path $root $_ } | Where-Object { Test-Path $_ } |
                ForEach-Object { Get-ChildItem $_ -Recurse -File -Include '*.cs', '*.md', '*.psm1', '*.ps1', '*.txt', 'PolarPS.dll-Help.xml' } |
                Where-Object { $_.FullName -notmatch '[\\/](bin|obj)[\\/]' }
            'README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'build.ps1' | ForEach-Object { Get-Item (Join-Path $root $_) -ErrorAction Ignore }
        )
        $script:prefix = $root.Length + 1
    }

    It 'are looked for in all texts' { $files.Count | Should -BeGreaterThan 400 }

    It 'say "<Instead>" and not "<Word>"' -ForEach $words {
        $found = @(Select-String -Path $files.FullName -Pattern $Pattern -CaseSensitive | ForEach-Object { '{0}:{1}: {2}' -f $_.Path.Substring($prefix), $_.LineNumber, $_.Line.Trim() })
        $found | Should -BeNullOrEmpty -Because "the word is '$Instead'"
    }
}
