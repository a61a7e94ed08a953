# Bad input and faults: one table. What each row expects comes from the issue and the design, not from what happens to come out.
# A row says:
#   Act          what is run; $testHost, $otherHost, $good (ids of products), $price are there
#   Id, Category the error record: id before the comma, category
#   Message      patterns, all of which the message must fit; Advice: one for the recommended action
#   Ends         whether it is terminating: a script's next input would meet the same
#   Requests     how many requests the host received (a number, or lowest and highest)
#   With         limits for the connection; Token: which of the host's tokens; Fault: the host's fault rules
#   Arrange      instead of connecting to the host
#   NewSession   run in a session that has never chosen a connection
#   Output       how many objects come out all the same
# Long because every fault has its row in one table.
BeforeDiscovery {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    $once = @{ MaximumRetryCount = 0 }
    $twice = @{ MaximumRetryCount = 1 }
    $hasty = @{ MaximumRetryCount = 1; AttemptTimeoutSeconds = 1 }
    $products = '/v1/products'
    $unknownId = '00000000-0000-4000-8000-000000000000'
    $text500 = @{ status = 500; body = 'Internal Server Error' }
    $doNotRepeat = '*not known*check before repeating*'
    $list = { Get-PolarProduct }
    $create = { New-PolarProduct -Name 'Only once' -Price $price }

    $connecting = @(
        @{
            Name = 'no connection'; Arrange = { Disconnect-Polar -All }; Act = $list
            Id = 'PolarNotConnected'; Category = 'ConnectionError'; Message = '*no connection*'; Advice = '*Connect-Polar*POLAR_ACCESS_TOKEN*'; Ends = $true; Requests = 0
        }
        @{
            Name = 'several connections, none selected'; Act = $list
            Arrange = { 'A', 'B', 'C' | ForEach-Object { Connect-TestHost $testHost -With @{ Name = $_ } }; Disconnect-Polar C -WarningAction Ignore }
            Id = 'PolarNotConnected'; Category = 'ConnectionError'; Message = '*connection*selected*'; Advice = '*Select-PolarConnection*'; Ends = $true; Requests = 0
        }
        @{
            Name = 'no token'; Act = { Connect-Polar -Environment $testHost.url }
            Id = 'PolarTokenMissing'; Category = 'AuthenticationError'; Message = '*no access token*'; Advice = '*-AccessToken*POLAR_ACCESS_TOKEN*'; Ends = $true; Requests = 0
        }
        @{
            Name = 'an empty token'; Act = { Connect-Polar -AccessToken ([securestring]::new()) -Environment $testHost.url }
            Id = 'PolarBadConnection'; Category = 'InvalidArgument'; Message = '*token*empty*'; Ends = $true; Requests = 0
        }
        @{
            Name = 'a token with a blank inside'; Act = { Connect-Polar -AccessToken (ConvertTo-TestToken 'polar_oat_abc def') -Environment $testHost.url }
            Id = 'PolarBadConnection'; Category = 'InvalidArgument'; Message = '*token*space*'; Ends = $true; Requests = 0
        }
        @{
            Name = 'a token with a line break'; Act = { Connect-Polar -AccessToken (ConvertTo-TestToken "polar_oat_abcdef`n") -Environment $testHost.url }
            Id = 'PolarBadConnection'; Category = 'InvalidArgument'; Message = '*token*line break*'; Ends = $true; Requests = 0
        }
        @{
            Name = 'a token with a line break, from the environment'; Act = $list; NewSession = $true
            Arrange = { Disconnect-Polar -All; $env:POLAR_ACCESS_TOKEN = "polar_oat_abcdef`r`n"; $env:POLAR_ENVIRONMENT = $testHost.url }
            Id = 'PolarBadEnvironmentVariables'; Category = 'InvalidArgument'; Message = '*token*line break*'; Advice = '*POLAR_ACCESS_TOKEN*'; Ends = $true; Requests = 0
        }
        @{
            Name = 'variables that are there but empty count as not there'; Act = { Get-PolarProduct -First 1 }; NewSession = $true
            Arrange = { Disconnect-Polar -All; $env:POLAR_ACCESS_TOKEN = $testHost.accessToken; $env:POLAR_ENVIRONMENT = $testHost.url; [Environment]::SetEnvironmentVariable('POLAR_ORGANIZATION_ID', '') }
            Requests = 1; Output = 1
        }
        @{
            Name = 'a webhook secret for a token'; Act = { Connect-Polar -AccessToken (ConvertTo-TestToken 'whsec_c2VjcmV0c2VjcmV0') -Environment $testHost.url }
            Id = 'PolarBadConnection'; Category = 'InvalidArgument'; Message = '*webhook*not an access token*'; Ends = $true; Requests = 0
        }
        @{
            Name = 'an expired token'; Token = 'expiredToken'; Act = $list
            Id = 'PolarUnauthorized'; Category = 'AuthenticationError'; Message = '*token*expired*'; Advice = '*Production and Sandbox*'; Ends = $true; Requests = 1
        }
        @{
            Name = 'a refused token ends a pipeline at once'; Token = 'expiredToken'; Act = { $good | Get-PolarProduct }
            Id = 'PolarUnauthorized'; Category = 'AuthenticationError'; Message = '*token*expired*'; Advice = '*token*'; Ends = $true; Requests = 1
        }
        @{
            Name = 'a token that is refused in the middle of a pipeline'; Fault = @{ status = 401; after = 1; body = '{"error":"invalid_token","error_description":"Revoked."}' }; Act = { $good + $good | Get-PolarProduct }
            Id = 'PolarUnauthorized'; Category = 'AuthenticationError'; Message = '*token*revoked*'; Advice = '*token*'; Ends = $true; Requests = 2; Output = 1
        }
        @{
            Name = 'a missing scope'; Token = 'readOnlyToken'; Act = $create
            Id = 'PolarScopeMissing'; Category = 'PermissionDenied'; Message = '*lacks a required scope*products:write*'; Advice = '*products:write*'; Ends = $true; Requests = 1
        }
        @{
            Name = 'an http address that is not this computer'; Act = { Connect-Address 'http://polar.invalid' @{} }
            Id = 'PolarBadConnection'; Category = 'InvalidArgument'; Message = '*polar.invalid*https*'; Ends = $true; Requests = 0
        }
        @{
            Name = 'an http address that only looks like this computer'; Act = { Connect-Address 'http://127.0.0.1.polar.invalid' @{} }
            Id = 'PolarBadConnection'; Category = 'InvalidArgument'; Message = '*https*'; Ends = $true; Requests = 0
        }
        @{
            Name = 'an environment that does not exist'; Act = { Connect-Address 'Staging' @{} }
            Id = 'PolarBadConnection'; Category = 'InvalidArgument'; Message = '*Staging*Production, Sandbox, Emulator*'; Ends = $true; Requests = 0
        }
        @{
            Name = 'an unknown host'; Act = $list
            Arrange = { Connect-Address 'https://polar.invalid' @{ MaximumRetryCount = 1 } }
            Id = 'PolarConnectionFailed'; Category = 'ConnectionError'; Message = '*cannot be reached*'; Advice = '*https://polar.invalid*'; Ends = $true; Requests = 0
        }
        @{
            Name = 'an unknown host, writing'; Act = $create
            Arrange = { Connect-Address 'https://polar.invalid' @{ MaximumRetryCount = 1 } }
            Id = 'PolarConnectionFailed'; Category = 'ConnectionError'; Message = '*cannot be reached*'; Advice = '*https://polar.invalid*'; Ends = $true; Requests = 0
        }
        @{
            Name = 'TLS with a server that has none'; Act = $list
            Arrange = { Connect-Address ($testHost.url -replace '^http:', 'https:') @{} }
            Id = 'PolarConnectionFailed'; Category = 'ConnectionError'; Message = '*cannot be reached*', '*TLS*'; Advice = '*address*https://*'; Ends = $true; Requests = 0
        }
        @{
            Name = 'TLS with a certificate that nobody trusts'; Act = $create
            Arrange = { Connect-Address "https://127.0.0.1:$($tlsServer.Port)" @{} }
            Id = 'PolarConnectionFailed'; Category = 'ConnectionError'; Message = '*cannot be reached*certificate*'; Advice = '*address*https://*'; Ends = $true; Requests = 0
            After = { $tlsServer.Connections | Should -Be 1 -Because 'trying again does not make it trusted'; $tlsServer.Heard | Should -BeNullOrEmpty }
        }
        @{
            Name = 'a refused connection'; Act = $list
            Arrange = { Connect-Address "http://127.0.0.1:$closedPort" @{ MaximumRetryCount = 1 } }
            Id = 'PolarConnectionFailed'; Category = 'ConnectionError'; Message = '*cannot be reached*2 attempts*'; Advice = '*address http://127.0.0.1*'; Ends = $true; Requests = 0
        }
        @{
            Name = 'a refused connection ends a pipeline at once'; Act = { $good | Get-PolarProduct }
            Arrange = { Connect-Address "http://127.0.0.1:$closedPort" @{ MaximumRetryCount = 0 } }
            Id = 'PolarConnectionFailed'; Category = 'ConnectionError'; Message = '*cannot be reached*'; Advice = '*address http://127.0.0.1*'; Ends = $true; Requests = 0
        }
        @{
            Name = 'a refused connection, writing'; Act = $create
            Arrange = { Connect-Address "http://127.0.0.1:$closedPort" @{ MaximumRetryCount = 1 } }
            Id = 'PolarConnectionFailed'; Category = 'ConnectionError'; Message = '*cannot be reached*2 attempts*'; Advice = '*address http://127.0.0.1*'; Ends = $true; Requests = 0
        }
        @{
            Name = 'a server that does not speak HTTP'; Act = $list
            Arrange = { Connect-Address "http://127.0.0.1:$($noiseServer.Port)" @{ MaximumRetryCount = 0 } }
            Id = 'PolarConnectionFailed'; Category = 'ConnectionError'; Message = '*connection to Polar broke*'; Ends = $false; Requests = 0
        }
    )

    $ids = @(
        @{ Name = 'an empty id'; Act = { Get-PolarProduct -Id '' }; Message = '*empty*' }
        @{ Name = 'an id of blanks'; Act = { Get-PolarProduct -Id '   ' }; Message = '*empty*' }
    ) | ForEach-Object {
        # Refused while the parameters are bound: with PowerShell's own id for that.
        $_ + @{ Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Ends = $true; Requests = 0 }
    }

    $names = @(
        @{ Name = 'an id with a slash'; Act = { Get-PolarProduct -Id 'a/b' }; Message = "*no product with the name 'a/b'*" }
        @{ Name = 'an id with a hash'; Act = { Get-PolarProduct -Id '#' }; Message = "*no product with the name '#'*" }
        @{ Name = 'an id that climbs'; Act = { Get-PolarProduct -Id '..' }; Message = "*no product with the name '..'*" }
        @{ Name = 'an id that climbs, in a write'; Act = { Set-PolarProduct -Id '../organizations' -Name 'Other' }; Message = "*no product with the name '../organizations'*" }
        @{ Name = 'an id with a blank inside'; Act = { Remove-PolarCheckoutLink -Id 'a b' -Confirm:$false }; Message = "*no checkout link with the label 'a b'*" }
        @{ Name = 'a good id with something after it'; Act = { Get-PolarProduct -Id ($good[0] + '/benefits') }; Message = '*no product with the name*/benefits*' }
    ) | ForEach-Object {
        # What is no id is a name, which is looked for in the list: never a part of an address.
        $_ + @{ Id = 'PolarNotFound'; Category = 'ObjectNotFound'; Ends = $false; Requests = 1; After = { (Get-HostRequest $testHost).path | Should -Match '^/v1/(products|checkout-links)/$' } }
    }

    $things = @(
        @{
            Name = 'an unknown id'; Act = [scriptblock]::Create("Get-PolarProduct -Id $unknownId")
            Id = 'PolarNotFound'; Category = 'ObjectNotFound'; Message = "*no product*$unknownId*"; Advice = '*environment*'; Target = $unknownId; Ends = $false; Requests = 1
        }
        @{
            Name = 'an unknown id among good ones in a pipeline'; Act = [scriptblock]::Create("`$good[0], '$unknownId', `$good[1] | Get-PolarProduct")
            Id = 'PolarNotFound'; Category = 'ObjectNotFound'; Message = "*no product*$unknownId*"; Target = $unknownId; Ends = $false; Requests = 3; Output = 2
            After = { $outcome.Output.Id | Should -Be $good }
        }
        @{
            Name = 'an unknown id among good ones in a parameter'; Act = [scriptblock]::Create("Get-PolarProduct -Id `$good[0], '$unknownId', `$good[1]")
            Id = 'PolarNotFound'; Category = 'ObjectNotFound'; Message = "*no product*$unknownId*"; Target = $unknownId; Ends = $false; Requests = 3; Output = 2
            After = { $outcome.Output.Id | Should -Be $good }
        }
        @{
            Name = 'an unknown name among good ids in a pipeline'; Act = { $good[0], 'a/b', $good[1] | Get-PolarProduct }
            Id = 'PolarNotFound'; Category = 'ObjectNotFound'; Message = "*no product with the name 'a/b'*"; Ends = $false; Requests = 3; Output = 2
            After = { $outcome.Output.Id | Should -Be $good }
        }
        @{
            Name = 'an unknown id, changing'; Act = [scriptblock]::Create("Set-PolarProduct -Id $unknownId -Name 'Other'")
            Id = 'PolarNotFound'; Category = 'ObjectNotFound'; Message = "*no product*$unknownId*"; Advice = '*environment*'; Target = $unknownId; Ends = $false; Requests = 1
        }
        @{
            Name = 'an unknown path'; Act = [scriptblock]::Create("Invoke-PolarRequest $products/$unknownId")
            Id = 'PolarNotFound'; Category = 'ObjectNotFound'; Message = "*$unknownId*"; NotMessage = '*request with the id*'; Ends = $false; Requests = 1
        }
        @{
            Name = 'a wrong version of the API'; Fault = @{ status = 404; body = '{"detail":"Not Found"}' }; Act = { $good | Get-PolarProduct }
            Id = 'PolarRouteNotFound'; Category = 'ResourceUnavailable'; Message = '*version of its API*'; Advice = "*newer PolarPS*$(Get-ApiVersion)*"; Ends = $true; Requests = 1
        }
        @{
            Name = 'a wrong version of the API, writing'; Fault = @{ status = 404; body = '{"detail":"Not Found"}' }; Act = $create
            Id = 'PolarRouteNotFound'; Category = 'ResourceUnavailable'; Message = '*version of its API*'; Advice = "*newer PolarPS*$(Get-ApiVersion)*"; Ends = $true; Requests = 1
        }
        @{
            Name = '422 with several fields'; Act = $create
            Fault = @{
                status = 422
                body = '{"error":"RequestValidationError","detail":[
                    {"type":"string_too_short","loc":["body","ProductCreateOneTime","name"],"msg":"String should have at least 3 characters","input":"On"},
                    {"type":"greater_than_equal","loc":["body","ProductCreateOneTime","prices",0,"fixed","price_amount"],"msg":"Input should be at least 50","input":5},
                    {"type":"missing","loc":["body","ProductCreateRecurring","recurring_interval"],"msg":"Field required","input":{}}]}'
            }
            Id = 'PolarInvalidRequest'; Category = 'InvalidArgument'; Ends = $false; Requests = 1; Advice = '*parameters*'
            Message = '*-Name: String should have at least 3 characters*', '*-Price`[0`] Amount: at least 50 ($0.50)*', '*-RecurringInterval: Field required*'
            NotMessage = '*price_amount"*'
        }
        @{
            Name = '422 of the emulator itself'; Act = { New-PolarCheckoutLink -ProductId $unknownProduct }
            Id = 'PolarInvalidRequest'; Category = 'InvalidArgument'; Message = '*-Product*no such product*'; Advice = '*parameters*'; Ends = $false; Requests = 1
        }
        @{
            Name = '422 with a sentence'; Fault = @{ status = 422; body = '{"error":"MissingInvoiceBillingDetails","detail":"Billing details are missing."}' }; Act = $create
            Id = 'PolarInvalidRequest'; Category = 'InvalidArgument'; Message = '*Billing details are missing*'; Ends = $false; Requests = 1
        }
        @{
            Name = '409'; Fault = @{ status = 409; body = '{"error":"SubscriptionLocked","detail":"Something else is changing it."}' }; Act = $create
            Id = 'PolarConflict'; Category = 'InvalidOperation'; Message = '*Something else is changing it*'; Ends = $false; Requests = 1
        }
        @{
            Name = '409 among others in a pipeline'; Fault = @{ status = 409; method = 'PATCH'; after = 1; times = 1; body = '{"error":"SubscriptionLocked","detail":"Something else is changing it."}' }
            # Each is read first; the third time nothing would change, and nothing is sent.
            Act = { $good[0], $good[1], $good[0] | Set-PolarProduct -Description 'Busy' }
            Id = 'PolarConflict'; Category = 'InvalidOperation'; Message = '*Something else is changing it*'; Target = { $good[1] }; Ends = $false; Requests = 5; Output = 2
        }
        @{
            Name = '402'; Fault = @{ status = 402; body = '{"error":"PaymentFailed","detail":"The card was declined."}' }; Act = $create
            Id = 'PolarPaymentFailed'; Category = 'InvalidResult'; Message = '*The card was declined*'; Ends = $false; Requests = 1
        }
        @{
            Name = '403 that no scope would help'; Fault = @{ status = 403; body = '{"error":"NotPermitted","detail":"Only an admin may."}' }; Act = $create
            Id = 'PolarNotPermitted'; Category = 'PermissionDenied'; Message = '*Only an admin may*'; Ends = $false; Requests = 1
        }
        @{
            Name = 'text that is not JSON for a body'; Act = { Invoke-PolarRequest /v1/products/ -Method POST -Body '{' -Confirm:$false }
            Id = 'PolarInvalidArgument'; Category = 'InvalidArgument'; Message = '*not valid JSON*'; Ends = $false; Requests = 0
        }
        @{
            Name = 'an address for a path'; Act = { Invoke-PolarRequest "$($otherHost.url)/v1/products/" }
            Id = 'PolarInvalidArgument'; Category = 'InvalidArgument'; Message = '*begin with one slash*'; NotMessage = "*(Parameter*"; Ends = $false; Requests = 0; OtherRequests = 0
        }
        @{
            Name = 'an address without scheme for a path'; Act = { Invoke-PolarRequest ($otherHost.url -replace '^http:', '') }
            Id = 'PolarInvalidArgument'; Category = 'InvalidArgument'; Message = '*begin with one slash*'; Ends = $false; Requests = 0; OtherRequests = 0
        }
        @{
            Name = 'a path that climbs to another thing'; Act = { Invoke-PolarRequest '/v1/products/../organizations/' -Method DELETE -Confirm:$false }
            Id = 'PolarInvalidArgument'; Category = 'InvalidArgument'; Message = '*..*'; Ends = $false; Requests = 0
        }
        @{
            Name = 'a path that a hash cuts off'; Act = { Invoke-PolarRequest '/v1/products/#1' -Method DELETE -Confirm:$false }
            Id = 'PolarInvalidArgument'; Category = 'InvalidArgument'; Message = '*#*'; Ends = $false; Requests = 0
        }
        @{
            Name = 'a method that cannot be one'; Act = { Invoke-PolarRequest /v1/products/ -Method 'G ET' -Confirm:$false }
            Id = 'PolarInvalidArgument'; Category = 'InvalidArgument'; Message = '*method*'; Ends = $false; Requests = 0
        }
    )

    $busy = @(
        @{
            Name = '429 twice, then an answer'; Fault = @{ status = 429; retryAfter = '1'; times = 2 }; Act = { Get-PolarProduct -First 1 }
            Requests = 3; Output = 1; Seconds = 2
        }
        @{
            Name = '429 with a date, then an answer'; Fault = @{ status = 429; retryAfter = 'Wed, 21 Oct 2015 07:28:00 GMT'; times = 1 }; Act = { Get-PolarProduct -First 1 }
            Requests = 2; Output = 1
        }
        @{
            Name = '429 twice on a POST, then an answer: it was refused unread'; Fault = @{ status = 429; retryAfter = '1'; times = 2 }; Act = $create
            Requests = 3; Output = 1; Seconds = 2
        }
        @{
            Name = '429 forever'; Fault = @{ status = 429; retryAfter = '0' }; With = @{ MaximumRetryCount = 3 }; Act = $list
            Id = 'PolarRateLimited'; Category = 'LimitsExceeded'; Message = '*Too many requests*4 attempts*'; Advice = '*later*'; Ends = $false; Requests = 4
        }
        @{
            Name = '429 forever on a POST'; Fault = @{ status = 429; retryAfter = '1' }; With = $twice; Act = $create
            Id = 'PolarRateLimited'; Category = 'LimitsExceeded'; Message = '*Too many requests*wait 1 s*2 attempts*'; Advice = '*later*'; Ends = $false; Requests = 2
        }
        @{
            Name = '429 with a wait beyond all limits'; Fault = @{ status = 429; retryAfter = '1800' }; With = @{ TotalTimeoutSeconds = 5 }; Act = $list
            Id = 'PolarRateLimited'; Category = 'LimitsExceeded'; Message = '*wait 1800 s*'; Advice = '*later*'; Ends = $false; Requests = 1
        }
        @{
            Name = '429 with waits that do not fit into the total time-out'; Fault = @{ status = 429; retryAfter = '2' }; With = @{ TotalTimeoutSeconds = 3 }; Act = $list
            Id = 'PolarRateLimited'; Category = 'LimitsExceeded'; Message = '*wait 2 s*2 attempts*'; Advice = '*later*'; Ends = $false; Requests = 2
        }
        @{
            Name = '429 without Retry-After: waiting is no use'; Act = $list
            Fault = @{ status = 429; body = '{"error":"ManualRetryLimitExceeded","detail":"No more retries of this payment."}' }
            Id = 'PolarRateLimited'; Category = 'LimitsExceeded'; Message = '*No more retries of this payment*'; Ends = $false; Requests = 1
        }
        @{
            Name = '429 without Retry-After on a POST'; Act = $create
            Fault = @{ status = 429; body = '{"error":"ManualRetryLimitExceeded","detail":"No more retries of this payment."}' }
            Id = 'PolarRateLimited'; Category = 'LimitsExceeded'; Message = '*No more retries of this payment*'; Ends = $false; Requests = 1
        }
        @{
            Name = '503 with Retry-After on GET, then an answer'; Fault = @{ status = 503; retryAfter = '1'; times = 1 }; Act = { Get-PolarProduct -First 1 }
            Requests = 2; Output = 1; Seconds = 1
        }
        @{
            Name = '503 forever on GET'; Fault = @{ status = 503 }; With = $twice; Act = $list
            Id = 'PolarServerError'; Category = 'ResourceUnavailable'; Message = '*503*2 attempts*'; Ends = $false; Requests = 2
        }
    )

    $broken = @(
        @{
            Name = '500 with text on GET'; Fault = $text500; With = $twice; Act = $list
            Id = 'PolarServerError'; Category = 'ResourceUnavailable'; Message = '*500*Internal Server Error*2 attempts*'; Ends = $false; Requests = 2
        }
        @{
            Name = '500 once on GET'; Fault = $text500 + @{ times = 1 }; With = $twice; Act = { Get-PolarProduct -First 1 }
            Requests = 2; Output = 1
        }
        @{
            Name = '500 on the second page'; Fault = $text500 + @{ after = 1 }; With = $once; Act = $list
            Id = 'PolarServerError'; Category = 'ResourceUnavailable'; Message = '*500*'; Ends = $false; Requests = 2, 5; Output = 100
        }
        @{
            Name = 'a dropped connection on GET'; Fault = @{ dropBeforeRead = $true }; With = $twice; Act = $list
            Id = 'PolarConnectionFailed'; Category = 'ConnectionError'; Message = '*broke*2 attempts*'; Ends = $false; Requests = 2
        }
        @{
            Name = 'a connection dropped once on GET'; Fault = @{ dropAfterRead = $true; times = 1 }; With = $twice; Act = { Get-PolarProduct -First 1 }
            Requests = 2; Output = 1
        }
        @{
            Name = 'truncated JSON on GET'; Fault = @{ truncateBody = $true }; With = $twice; Act = $list
            Id = 'PolarConnectionFailed'; Category = 'ConnectionError'; Message = '*broke*2 attempts*'; Ends = $false; Requests = 2
        }
        @{
            Name = 'malformed JSON on GET'; Fault = @{ malformedJson = $true }; With = $twice; Act = $list
            Id = 'PolarBadResponse'; Category = 'InvalidData'; Message = '*not the JSON*'; Ends = $false; Requests = 1, 2
        }
        @{
            Name = 'malformed JSON, Invoke-PolarRequest'; Fault = @{ malformedJson = $true }; With = $once; Act = { Invoke-PolarRequest /v1/products/ }
            Id = 'PolarBadResponse'; Category = 'InvalidData'; Message = '*JSON*'; Ends = $false; Requests = 1
        }
        @{
            Name = 'malformed JSON, Invoke-PolarRequest -Paginate'; Fault = @{ malformedJson = $true }; With = $once; Act = { Invoke-PolarRequest /v1/products/ -Paginate }
            Id = 'PolarBadResponse'; Category = 'InvalidData'; Message = '*JSON*'; Ends = $false; Requests = 1
        }
        @{
            Name = 'JSON of another kind'; Fault = @{ status = 200; body = '["not", "a", "list of products"]' }; With = $once; Act = $list
            Id = 'PolarBadResponse'; Category = 'InvalidData'; Message = '*not the JSON*'; Ends = $false; Requests = 1
        }
        @{
            Name = 'JSON without a list in it'; Fault = @{ status = 200; body = '{"items":null,"pagination":null}' }; With = $once; Act = $list
            Id = 'PolarBadResponse'; Category = 'InvalidData'; Message = '*not a list*'; Ends = $false; Requests = 1
        }
        @{
            Name = 'an answer without a body'; Fault = @{ status = 200 }; With = $once; Act = { Get-PolarProduct $good[0] }
            Id = 'PolarBadResponse'; Category = 'InvalidData'; Message = '*not the JSON*'; Ends = $false; Requests = 1
        }
        @{
            Name = 'an answer that says there is no body'; Fault = @{ status = 204 }; With = $once; Act = { Get-PolarProduct $good[0] }
            Id = 'PolarBadResponse'; Category = 'InvalidData'; Message = '*not the JSON*'; Ends = $false; Requests = 1
        }
        @{
            Name = 'a web page instead of an answer'; Fault = @{ status = 200; body = '<html><body>Sign in to the hotel network</body></html>'; contentType = 'text/html' }; With = $once; Act = $list
            Id = 'PolarBadResponse'; Category = 'InvalidData'; Message = '*text/html*address*'; Ends = $false; Requests = 1
        }
        @{
            Name = 'a list that repeats page 2 forever'; Fault = @{ after = 1; repeatPage = 2; claimedMaxPage = 5 }; Act = $list
            Id = 'PolarListIncomplete'; Category = 'InvalidData'; Message = '*not complete*of * rows*'; Advice = '*run the command again*'; Ends = $false; Requests = 3, 60; Output = 200
            After = { @($outcome.Output.Id | Sort-Object -Unique).Count | Should -Be 200 }
        }
        @{
            Name = 'a list that repeats page 2 forever, Invoke-PolarRequest -Paginate'; Fault = @{ after = 1; repeatPage = 2; claimedMaxPage = 5 }; Act = { Invoke-PolarRequest /v1/products/ -Paginate }
            Id = 'PolarListIncomplete'; Category = 'InvalidData'; Message = '*not complete*of * rows*'; Advice = '*run the command again*'; Ends = $false; Requests = 3, 60; Output = 200
        }
        @{
            Name = 'a list that repeats page 2 and claims a thousand pages'; Fault = @{ after = 1; repeatPage = 2; claimedMaxPage = 1000 }; Act = $list
            Id = 'PolarListIncomplete'; Category = 'InvalidData'; Message = '*not complete*of * rows*'; Advice = '*run the command again*'; Ends = $false; Requests = 3, 120; Output = 200
        }
        @{
            Name = 'a list that claims more pages than it has'; Fault = @{ claimedMaxPage = 50 }; Act = $list
            Id = 'PolarListIncomplete'; Category = 'InvalidData'; Message = '*is empty*'; Advice = '*run the command again*'; Ends = $false; Requests = 4, 8; Output = { Set-HostFault $testHost; @(Get-PolarProduct).Count }
        }
        @{
            Name = 'a redirect to another host'; Fault = @{ redirectTo = '{other}/v1/products/' }; Act = $list
            Id = 'PolarRedirect'; Category = 'ProtocolError'; Message = '*redirect (307)*not followed*', '*address*'; Ends = $true; Requests = 1; OtherRequests = 0
        }
        @{
            Name = 'a redirect to another host, writing'; Fault = @{ redirectTo = '{other}/v1/products/'; status = 302 }; Act = $create
            Id = 'PolarRedirect'; Category = 'ProtocolError'; Message = '*redirect (302)*not followed*'; Ends = $true; Requests = 1; OtherRequests = 0
        }
        @{
            Name = 'an answer slower than the time-out on GET'; Fault = @{ delayMilliseconds = 20000 }; With = $hasty; Act = $list
            Id = 'PolarTimeout'; Category = 'OperationTimeout'; Message = '*did not answer within 1 s*2 attempts*'; NotMessage = '*2 attempts*2 attempts*'; Ends = $false; Requests = 2
        }
        @{
            Name = 'all attempts together slower than the total time-out'; Fault = @{ delayMilliseconds = 20000 }; With = @{ AttemptTimeoutSeconds = 10; TotalTimeoutSeconds = 1 }; Act = $list
            Id = 'PolarTimeout'; Category = 'OperationTimeout'; Message = '*did not answer within 1 s*'; Ends = $false; Requests = 1
        }
        @{
            Name = 'an answer that begins at once and does not end'; Act = $list
            Arrange = { Connect-Address "http://127.0.0.1:$($trickleServer.Port)" @{ MaximumRetryCount = 0; AttemptTimeoutSeconds = 1 } }
            Id = 'PolarTimeout'; Category = 'OperationTimeout'; Message = '*did not answer within 1 s*'; Ends = $false; Requests = 0
        }
    )

    # A write of which nobody knows whether it happened: never sent again, and said so.
    $unknown = @(
        @{ Name = '500 with text on POST'; Fault = $text500 }
        @{ Name = '503 on POST'; Fault = @{ status = 503 } }
        @{ Name = '503 with Retry-After on POST'; Fault = @{ status = 503; retryAfter = '1' } }
        @{ Name = '502 with a web page on POST'; Fault = @{ status = 502; body = '<html>Bad gateway</html>'; contentType = 'text/html' } }
        @{ Name = 'a connection dropped before a POST was read'; Fault = @{ dropBeforeRead = $true; method = 'POST' } }
        @{ Name = 'a connection dropped after a POST was read'; Fault = @{ dropAfterRead = $true; method = 'POST' } }
        @{ Name = 'a connection in use before, dropped on POST'; Fault = @{ dropBeforeRead = $true; method = 'POST' }; Act = { $null = Get-PolarProduct -First 1; New-PolarProduct -Name 'Only once' -Price $price }; Requests = 2 }
        @{ Name = 'truncated JSON on POST'; Fault = @{ truncateBody = $true } }
        @{ Name = 'malformed JSON on POST'; Fault = @{ malformedJson = $true }; Message = '*most likely made*check before repeating*' }
        @{ Name = 'an answer slower than the time-out on POST'; Fault = @{ delayMilliseconds = 20000; method = 'POST' } }
        @{ Name = 'an answer that begins at once and does not end, on POST'; Arrange = { Connect-Address "http://127.0.0.1:$($trickleServer.Port)" @{ AttemptTimeoutSeconds = 1 } }; Requests = 0 }
        @{ Name = 'a time-out of a checkout link'; Fault = @{ delayMilliseconds = 20000; method = 'POST' }; Act = { New-PolarCheckoutLink -ProductId $good[0] } }
        @{ Name = 'a time-out of Invoke-PolarRequest -Method POST'; Fault = @{ delayMilliseconds = 20000; method = 'POST' }; Act = { Invoke-PolarRequest /v1/products/ -Method POST -Body @{ name = 'Only once' } -Confirm:$false }; Advice = '*before trying again*' }
        @{ Name = 'malformed JSON on POST, Invoke-PolarRequest'; Fault = @{ status = 201; body = '{"id":' }; Act = { Invoke-PolarRequest /v1/products/ -Method POST -Body @{ name = 'Only once' } -Confirm:$false }; Message = '*check before repeating*'; Advice = '*before trying again*' }
        @{ Name = 'a dropped change that makes new prices'; Fault = @{ dropAfterRead = $true; method = 'PATCH' }; Act = { Set-PolarProduct $good[0] -Price $price }; Advice = "*Check the product*before trying again*"; Requests = 2 }
    ) | ForEach-Object {
        $row = @{
            Act = $create; With = @{ AttemptTimeoutSeconds = 1; MaximumRetryCount = 3 }; Id = 'PolarOutcomeUnknown'; Category = 'InvalidResult'
            Message = $doNotRepeat; Advice = '*Check what exists*before trying again*'; Ends = $false; Requests = 1
        }
        foreach ($key in $_.Keys) { $row[$key] = $_[$key] }
        $row
    }

    # Writes that may be sent again, because twice leaves what once leaves.
    $repeatable = @(
        @{
            Name = 'a change that only sets values is sent again'; Fault = @{ dropAfterRead = $true; method = 'PATCH'; times = 1 }; With = $twice; Act = { Set-PolarProduct $good[0] -Description 'Sent again' }
            Requests = 3; Output = 1
        }
        @{
            Name = 'a deletion whose answer was lost has happened'; Fault = @{ dropAfterRead = $true; method = 'DELETE'; times = 1 }; With = $twice
            Act = { Remove-PolarProduct $disposable -Confirm:$false }; Requests = 2; Output = 0
        }
        @{
            Name = 'a change that times out on every attempt'; Fault = @{ delayMilliseconds = 20000; method = 'PATCH' }; With = $hasty; Act = { Set-PolarProduct $good[0] -Description 'Late' }
            Id = 'PolarOutcomeUnknown'; Category = 'InvalidResult'; Message = $doNotRepeat, '*2 attempts*'; Advice = '*Check the product*before trying again*'; Ends = $false; Requests = 3
        }
    )

    $rows = @($connecting; $ids; $names; $things; $busy; $broken; $unknown; $repeatable)
}

BeforeAll {
    Import-Module "$PSScriptRoot/PolarPS.TestTools.psm1" -Force
    Import-TestModule
    Add-Type -Path "$PSScriptRoot/support/OddServer.cs" -IgnoreWarnings -WarningAction SilentlyContinue
    $script:testHost = Start-TestHost '--products', '300'
    $script:otherHost = Start-TestHost
    $script:tlsServer = [PolarPS.Tests.OddServer]::new('Tls')
    $script:noiseServer = [PolarPS.Tests.OddServer]::new('Noise')
    $script:trickleServer = [PolarPS.Tests.OddServer]::new('Trickle')
    $script:closedPort = [PolarPS.Tests.OddServer]::ClosedPort()
    $script:unknownProduct = '00000000-0000-4000-8000-000000000000'
    $script:price = New-PolarPrice 500 -Currency usd

    function Connect-Address {
        param([string] $Address, [hashtable] $With)
        Connect-Polar -AccessToken (ConvertTo-TestToken $testHost.accessToken) -Environment $Address @With
    }

    function Invoke-Act {
        # What comes out, what is written as errors, and what ends it.
        param([scriptblock] $Act)
        $ErrorActionPreference = 'Continue'
        $result = @{ Output = [Collections.Generic.List[object]]::new(); Written = [Collections.Generic.List[object]]::new(); Ended = $null }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        try {
            & $Act 2>&1 | ForEach-Object {
                if ($_ -is [Management.Automation.ErrorRecord]) { $result.Written.Add($_) } else { $result.Output.Add($_) }
            }
        }
        catch { $result.Ended = $_ }
        $result.Seconds = $watch.Elapsed.TotalSeconds
        $result
    }

    function Test-Number {
        # A number, or lowest and highest.
        param([int] $Actual, $Expected, [string] $Because)
        if (@($Expected).Count -eq 2) {
            $Actual | Should -BeGreaterOrEqual $Expected[0] -Because $Because
            $Actual | Should -BeLessOrEqual $Expected[1] -Because $Because
        }
        else { $Actual | Should -Be $Expected -Because $Because }
    }
}

AfterAll {
    Disconnect-Polar -All
    $tlsServer, $noiseServer, $trickleServer | ForEach-Object Dispose
    Stop-TestHost $testHost
    Stop-TestHost $otherHost
}

Describe 'Bad input and faults' {
    BeforeAll {
        Connect-TestHost $testHost
        $script:good = @(Get-PolarProduct | Where-Object { -not $_.IsArchived } | Select-Object -First 2 -ExpandProperty Id)
        $script:disposable = (New-PolarProduct -Name 'To delete' -Price $price).Id
    }

    AfterEach {
        Set-HostFault $testHost
        Remove-Item Env:POLAR_ACCESS_TOKEN, Env:POLAR_ENVIRONMENT, Env:POLAR_ORGANIZATION_ID -ErrorAction SilentlyContinue
        Disconnect-Polar -All
    }

    It '<Name>' -ForEach $rows {
        $row = $_
        Disconnect-Polar -All
        if ($row.ContainsKey('Arrange')) { & $row.Arrange }
        else {
            $token = if ($row.ContainsKey('Token')) { $testHost.($row.Token) } else { $testHost.accessToken }
            $with = if ($row.ContainsKey('With')) { $row.With } else { @{} }
            Connect-TestHost $testHost -Token $token -With $with
        }
        if ($row.ContainsKey('Fault')) {
            $fault = $row.Fault.Clone()
            $fault.path = '/v1/'
            if ($fault.ContainsKey('redirectTo')) { $fault.redirectTo = $fault.redirectTo.Replace('{other}', $otherHost.url) }
            Set-HostFault $testHost $fault
        }
        Clear-HostRequest $testHost
        Clear-HostRequest $otherHost

        $outcome = if ($row['NewSession']) { Invoke-NewSession "$($row.Act)" } else { Invoke-Act $row.Act }

        $requests = @(Get-HostRequest $testHost)
        $expected = if (-not $row.ContainsKey('Output')) { 0 } elseif ($row.Output -is [scriptblock]) { & $row.Output } else { $row.Output }
        $outcome.Output.Count | Should -Be $expected -Because 'so many objects should come out'
        Test-Number $requests.Count $row.Requests 'so many requests should arrive'
        if ($row.ContainsKey('OtherRequests')) { @(Get-HostRequest $otherHost).Count | Should -Be $row.OtherRequests }
        if ($row.ContainsKey('Seconds')) { $outcome.Seconds | Should -BeGreaterOrEqual $row.Seconds }

        if (-not $row.ContainsKey('Id')) {
            $outcome.Ended | Should -BeNullOrEmpty
            $outcome.Written | Should -BeNullOrEmpty
        }
        else {
            $records = @($outcome.Written) + @($outcome.Ended | Where-Object { $_ })
            $records.Count | Should -Be 1 -Because 'one failure is one error'
            $record = $records[0]
            ($record.FullyQualifiedErrorId -split ',')[0] | Should -Be $row.Id
            $record.CategoryInfo.Category | Should -Be $row.Category
            foreach ($pattern in $row.Message) { "$record" | Should -BeLike $pattern }
            if ($row.ContainsKey('NotMessage')) { "$record" | Should -Not -BeLike $row.NotMessage }
            if ($row.ContainsKey('Advice')) { $record.ErrorDetails.RecommendedAction | Should -BeLike $row.Advice }
            if ($row.ContainsKey('Target')) {
                $target = if ($row.Target -is [scriptblock]) { & $row.Target } else { $row.Target }
                $record.TargetObject | Should -Be $target
            }
            [bool]$outcome.Ended | Should -Be $row.Ends -Because 'it is (not) terminating'
        }
        if ($row.ContainsKey('After')) { . $row.After }
    }
}
