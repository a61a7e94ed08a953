# What tests/Views.Tests.ps1 shows: Name for the test, Script that creates the objects.
@(
    @{
        Name   = 'webhook endpoints'
        Script = {
            New-PolarWebhookEndpoint https://hooks.example.com/polar/with/a/long/path -EventType '*' -Name 'Everything that happens in the shop'
            New-PolarWebhookEndpoint https://hooks.example.com/discord -EventType order.paid -Format discord | Set-PolarWebhookEndpoint -Enabled:$false
        }
    }
    @{
        Name   = 'webhook deliveries'
        Script = {
            $null = New-PolarWebhookEndpoint https://hooks.example.com/polar -EventType 'customer.*'
            $null = New-PolarCustomer "views.$(Get-Random)@example.com"
            Get-PolarWebhookDelivery
        }
    }
    @{ Name = 'events of webhook deliveries'; Script = { (Get-PolarWebhookDelivery).WebhookEvent } }
    @{ Name = 'webhook events'; Script = { [PolarPS.Client.WebhookEvent]::Parse((Get-PolarWebhookDelivery -First 1).WebhookEvent.Payload) } }
    @{
        Name   = 'answers of a handler to webhook payloads'
        Script = {
            $secret = ConvertTo-SecureString ('whsec_' + [Convert]::ToBase64String([byte[]](1..32))) -AsPlainText -Force
            Send-PolarWebhookPayload http://localhost:9/hook -EventType order.paid, customer.state_changed -Secret $secret
        }
    }
    @{
        Name   = 'webhook events that did not get through'
        Script = { Get-PolarWebhookEndpoint | Where-Object Format -EQ raw | Repair-PolarWebhook -Force -WarningAction SilentlyContinue }
    }
)
