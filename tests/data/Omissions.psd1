@{
    # Why a list does not show a property of its class: Type.Property, with * for any type. tests/ViewTable.Tests.ps1 holds it to
    # be complete, and each entry to be needed.
    '*.ActiveTrialIntervalCount'         = 'shown with ActiveTrialInterval'
    '*.MeterIntervalCount'               = 'shown with MeterInterval'
    '*.RecurringIntervalCount'           = 'shown with RecurringInterval'
    '*.TrialIntervalCount'               = 'shown with TrialInterval'
    'PolarConnection.MoneyCountUsed'     = 'shown with MoneyCount'
    'PolarConnection.MoneyUsed'          = 'shown with MoneyLimit'
    'PolarEmulatorFault.Target'          = 'Operation, Method and Path are shown one by one'
}
