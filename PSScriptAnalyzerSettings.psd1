@{
    Severity     = @('Error', 'Warning')
    ExcludeRules = @(
        # build.ps1 and the tests talk to a person at a console.
        'PSAvoidUsingWriteHost'
        # Helpers of the tests and the build start and stop things that are theirs; nothing to confirm.
        'PSUseShouldProcessForStateChangingFunctions'
        # Pester's blocks hand variables on to one another, which the rule cannot see.
        'PSUseDeclaredVarsMoreThanAssignments'
        'PSUseSingularNouns'
        # The script's own parameters are used inside its functions, which the rule does not follow.
        'PSReviewUnusedParameter'
    )
}
