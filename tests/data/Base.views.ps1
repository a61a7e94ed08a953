# What tests/Views.Tests.ps1 shows: Name for the test, Script that creates the objects.
@(
    @{ Name = 'products'; Script = { Get-PolarProduct } }
    @{ Name = 'prices'; Script = { (Get-PolarProduct).Prices } }
    @{ Name = 'checkout links'; Script = { Get-PolarCheckoutLink } }
    @{ Name = 'discounts of links'; Script = { (Get-PolarCheckoutLink).Discount | Where-Object { $_ } } }
    @{ Name = 'benefits of products'; Script = { (Get-PolarProduct).Benefits } }
    @{ Name = 'organizations'; Script = { Get-PolarOrganization } }
    @{ Name = 'connections'; Script = { Get-PolarConnection } }
    @{ Name = 'medias'; Script = { (Get-PolarProduct).Medias } }
    @{ Name = 'custom fields of products'; Script = { (Get-PolarProduct).AttachedCustomFields } }
    @{ Name = 'prices to be made'; Script = { New-PolarPrice 1999 -Currency usd; New-PolarPrice -Custom -MinimumAmount 300 } }
)
