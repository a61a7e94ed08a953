# Calls for tests/Coverage.Tests.ps1: files.
@{
    Arrange = {
        $script:organization = (Get-PolarOrganization -First 1).Id
        $script:picture = Join-Path $TestDrive 'coverage.png'
        Set-Content $picture ('x' * 100)
        Connect-TestHost $testHost -Token $testHost.userToken -With @{ Name = 'user' }
        Select-PolarConnection Default
        $script:upload = Send-PolarFile $picture
    }
    Calls   = @{
        'files:list'     = { Get-PolarFile -OrganizationId $organization; Get-PolarFile $upload.Id }
        'files:create'   = { Send-PolarFile $picture -Service product_media -Name other.png -MimeType image/png -Version 1 -OrganizationId $organization -Connection user }
        'files:uploaded' = { Send-PolarFile $picture }
        'files:update'   = { Set-PolarFile $upload -Name renamed.png -Version 2 }
        'files:delete'   = { Send-PolarFile $picture | Remove-PolarFile -Confirm:$false }
    }
    Except  = @{}
}
