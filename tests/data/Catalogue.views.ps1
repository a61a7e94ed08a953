# What tests/Views.Tests.ps1 shows: Name for the test, Script that creates the objects.
@(
    @{ Name = 'products'; Script = { Get-PolarProduct } }
    @{ Name = 'prices'; Script = { (Get-PolarProduct).Prices } }
    @{ Name = 'prices to be made'; Script = { New-PolarPrice 1999 -Currency usd; New-PolarPrice -Custom -MinimumAmount 300 } }
    @{ Name = 'medias'; Script = { (Get-PolarProduct).Medias } }
    @{ Name = 'benefits of products'; Script = { (Get-PolarProduct).Benefits } }
    @{ Name = 'custom fields of products'; Script = { (Get-PolarProduct).AttachedCustomFields } }
    @{ Name = 'discounts'; Script = { Get-PolarDiscount } }
    @{ Name = 'products of discounts'; Script = { (New-PolarDiscount -Name Fleet -Percent 5 -Duration once -Product (Get-PolarProduct -Query Harbor)).Products } }
    @{ Name = 'custom fields'; Script = { Get-PolarCustomField } }
    @{ Name = 'options of a select field'; Script = { (Get-PolarCustomField -Type select).Properties.Options } }
)
