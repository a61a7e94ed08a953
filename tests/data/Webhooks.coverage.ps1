# Calls for tests/Coverage.Tests.ps1: webhooks.
@{
    Arrange = {
        $script:organization = (Get-PolarOrganization -First 1).Id
        Connect-TestHost $testHost -Token $testHost.userToken -With @{ Name = 'user' }
        Select-PolarConnection Default
        # Nothing listens there: the delivery fails, and is listed all the same.
        $script:endpoint = New-PolarWebhookEndpoint http://localhost:9/ -EventType discount.updated
        $null = Get-PolarDiscount -First 1 | Set-PolarDiscount -Metadata @{ coverage = 1 }
        $deadline = (Get-Date).AddSeconds(20)
        while (-not ($script:delivery = Get-PolarWebhookDelivery -First 1) -and (Get-Date) -lt $deadline) { Start-Sleep -Milliseconds 200 }
    }
    Calls   = @{
        'webhooks:list_webhook_endpoints'        = { Get-PolarWebhookEndpoint -OrganizationId $organization }
        'webhooks:get_webhook_endpoint'          = { Get-PolarWebhookEndpoint $endpoint }
        'webhooks:create_webhook_endpoint'       = {
            New-PolarWebhookEndpoint -Url https://hooks.example.com/polar -EventType order.paid, 'refund.*' -Format slack -Name Coverage -ApiVersion 2026-04 -OrganizationId $organization -Connection user
        }
        'webhooks:update_webhook_endpoint'       = {
            Set-PolarWebhookEndpoint $endpoint -Url https://hooks.example.com/polar -EventType order.paid -Format discord -Name Renamed -ApiVersion 2026-04 -Enabled:$false
        }
        'webhooks:delete_webhook_endpoint'       = { New-PolarWebhookEndpoint https://hooks.example.com/gone -EventType order.paid | Remove-PolarWebhookEndpoint -Confirm:$false }
        'webhooks:reset_webhook_endpoint_secret' = { Reset-PolarWebhookSecret $endpoint -Confirm:$false }
        'webhooks:list_webhook_deliveries'       = {
            Get-PolarWebhookDelivery -EndpointId $endpoint -EventType discount.updated -Succeeded:$false -HttpCodeClass 5xx -CreatedAfter (Get-Date).AddDays(-1) -CreatedBefore (Get-Date) -Query 500
        }
        'webhooks:redeliver_webhook_event'       = { $delivery | Send-PolarWebhookEvent }
    }
    Except  = @{}
}
