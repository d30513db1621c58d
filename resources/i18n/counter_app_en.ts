<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>Accept</name>
    <message>
        <source>商户</source>
        <translation>Merchant</translation>
    </message>
    <message>
        <source>终端</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>变更原因</source>
        <translation>Reason for the change</translation>
    </message>
    <message>
        <source>核实</source>
        <translation>Verified</translation>
    </message>
    <message>
        <source>换上终端</source>
        <translation>Terminal handed out</translation>
    </message>
    <message>
        <source>复核人</source>
        <translation>Second person</translation>
    </message>
    <message>
        <source>办理人</source>
        <translation>Presenter</translation>
    </message>
    <message>
        <source>委托人</source>
        <translation>Principal</translation>
    </message>
    <message>
        <source>委托书</source>
        <translation>Letter</translation>
    </message>
    <message>
        <source>新号码：%1</source>
        <translation>New number: %1</translation>
    </message>
    <message>
        <source>原号码：%1</source>
        <translation>Old number: %1</translation>
    </message>
    <message>
        <source>回拨：%1</source>
        <translation>Call-back: %1</translation>
    </message>
</context>
<context>
    <name>AcceptPage</name>
    <message>
        <source>受理后内容不能再改；以机构处理结果为准。</source>
        <translation>Nothing can be changed after acceptance; the institution&apos;s decision counts.</translation>
    </message>
</context>
<context>
    <name>AgentLine</name>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>受托人姓名</source>
        <translation>Agent&apos;s name</translation>
    </message>
    <message>
        <source>证件号码</source>
        <translation>Document number</translation>
    </message>
    <message>
        <source>受托人证件号码</source>
        <translation>Agent&apos;s document number</translation>
    </message>
    <message>
        <source>与委托人关系</source>
        <translation>Relation to the principal</translation>
    </message>
    <message>
        <source>移除</source>
        <translation>Remove</translation>
    </message>
</context>
<context>
    <name>AnswerCard</name>
    <message>
        <source>总部答复</source>
        <translation>Head office&apos;s answer</translation>
    </message>
    <message>
        <source>无法上送：{}</source>
        <translation>Cannot be sent: {}</translation>
    </message>
    <message>
        <source>补交的材料已排队；联网后自动上送，等总部答复</source>
        <translation>The documents are queued; they go by themselves when there is a line, then head office answers</translation>
    </message>
    <message>
        <source>已拍 {} 份，还没有上送</source>
        <translation>{} taken, not sent yet</translation>
    </message>
    <message>
        <source>拍摄：{}&#x3000;F6</source>
        <translation>Take: {}&#x3000;F6</translation>
    </message>
    <message>
        <source>补件上送&#x3000;F7</source>
        <translation>Send the documents&#x3000;F7</translation>
    </message>
</context>
<context>
    <name>BottomBar</name>
    <message>
        <source>存签字联</source>
        <translation>Signed copy</translation>
    </message>
    <message>
        <source>← 上一步&#x3000;Esc</source>
        <translation>← Back&#x3000;Esc</translation>
    </message>
    <message>
        <source>帮助</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>取回挂起</source>
        <translation>Resume</translation>
    </message>
    <message>
        <source>进度</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>签退</source>
        <translation>Sign out</translation>
    </message>
    <message>
        <source>日终</source>
        <translation>Day</translation>
    </message>
    <message>
        <source>锁屏</source>
        <translation>Lock</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>完成，回首页&#x3000;Ctrl+Enter</source>
        <translation>Finish, home&#x3000;Ctrl+Enter</translation>
    </message>
    <message>
        <source>受理&#x3000;Ctrl+Enter</source>
        <translation>Accept&#x3000;Ctrl+Enter</translation>
    </message>
    <message>
        <source>下一步：{}&#x3000;Ctrl+Enter</source>
        <translation>Next: {}&#x3000;Ctrl+Enter</translation>
    </message>
    <message>
        <source>挂起</source>
        <translation>Park</translation>
    </message>
    <message>
        <source>读卡</source>
        <translation>Read card</translation>
    </message>
    <message>
        <source>摄像头</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>复核</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>补件上送</source>
        <translation>Send documents</translation>
    </message>
    <message>
        <source>事后复核</source>
        <translation>Later look</translation>
    </message>
    <message>
        <source>显示完整号码</source>
        <translation>Show in full</translation>
    </message>
    <message>
        <source>个人信息</source>
        <translation>Personal data</translation>
    </message>
</context>
<context>
    <name>CameraPanel</name>
    <message>
        <source>打开文件&#x3000;Ctrl+O</source>
        <translation>Open file&#x3000;Ctrl+O</translation>
    </message>
    <message>
        <source>打开文件</source>
        <translation>Open file</translation>
    </message>
    <message>
        <source>正在打开文件</source>
        <translation>Opening the file</translation>
    </message>
    <message>
        <source>图片或 PDF</source>
        <translation>Pictures or PDF</translation>
    </message>
    <message>
        <source>拍照&#x3000;空格</source>
        <translation>Take picture&#x3000;Space</translation>
    </message>
    <message>
        <source>正在打开摄像头</source>
        <translation>Starting the camera</translation>
    </message>
    <message>
        <source>很好，请勿移动</source>
        <translation>Good, do not move</translation>
    </message>
    <message>
        <source>已拍下，正在识别</source>
        <translation>Taken, reading</translation>
    </message>
    <message>
        <source>重拍&#x3000;空格</source>
        <translation>Take again&#x3000;Space</translation>
    </message>
    <message>
        <source>再试&#x3000;空格</source>
        <translation>Try again&#x3000;Space</translation>
    </message>
    <message>
        <source>换摄像头&#x3000;F4</source>
        <translation>Choose camera&#x3000;F4</translation>
    </message>
    <message>
        <source>完成&#x3000;F4</source>
        <translation>Done&#x3000;F4</translation>
    </message>
    <message>
        <source>改动立即生效并记住；按 F4 或 Esc 完成</source>
        <translation>Changes take effect at once and are kept; F4 or Esc when done</translation>
    </message>
    <message>
        <source>选定的摄像头不在，现用 %1，按 F4 更换</source>
        <translation>The chosen camera is not there; %1 is used, F4 changes it</translation>
    </message>
    <message>
        <source>恢复后画面会自己回来</source>
        <translation>The picture comes back by itself</translation>
    </message>
    <message>
        <source>选摄像头</source>
        <translation>Choose the camera</translation>
    </message>
</context>
<context>
    <name>CameraSetup</name>
    <message>
        <source>画面大小</source>
        <translation>Size of the picture</translation>
    </message>
    <message>
        <source>画面转正</source>
        <translation>Turn the picture</translation>
    </message>
    <message>
        <source>用哪个摄像头？</source>
        <translation>Which camera?</translation>
    </message>
    <message>
        <source>实际 %1</source>
        <translation>In fact %1</translation>
    </message>
    <message>
        <source>没有找到摄像头，请插好</source>
        <translation>No camera was found; plug it in</translation>
    </message>
    <message>
        <source>设置文件里的来源</source>
        <translation>The settings file&apos;s source</translation>
    </message>
    <message>
        <source>由摄像头决定</source>
        <translation>As the camera likes</translation>
    </message>
    <message>
        <source>不转</source>
        <translation>Not at all</translation>
    </message>
    <message>
        <source>向右 90°</source>
        <translation>Right 90°</translation>
    </message>
    <message>
        <source>倒转 180°</source>
        <translation>Upside down 180°</translation>
    </message>
    <message>
        <source>向左 90°</source>
        <translation>Left 90°</translation>
    </message>
</context>
<context>
    <name>CaseView</name>
    <message>
        <source>这一步不用扫码</source>
        <translation>Nothing is scanned at this step</translation>
    </message>
    <message>
        <source>扫到的内容没有填入任何一栏</source>
        <translation>What was scanned went into no field</translation>
    </message>
</context>
<context>
    <name>ChoiceTiles</name>
    <message>
        <source>已选</source>
        <translation>chosen</translation>
    </message>
    <message>
        <source>未选</source>
        <translation>not chosen</translation>
    </message>
</context>
<context>
    <name>CodeBox</name>
    <message>
        <source>发送验证码</source>
        <translation>Send code</translation>
    </message>
    <message>
        <source>重发（%1 秒）</source>
        <translation>Send again (%1 s)</translation>
    </message>
    <message>
        <source>重新发送</source>
        <translation>Send again</translation>
    </message>
    <message>
        <source>客户能用新号码接收短信</source>
        <translation>The customer receives messages on the new number</translation>
    </message>
    <message>
        <source>两次号码一致后可以发送</source>
        <translation>Can be sent once both entries agree</translation>
    </message>
    <message>
        <source>将发到新号码，请客户自己输入；柜员不要代看、代输</source>
        <translation>Goes to the new number; the customer types it, never the clerk</translation>
    </message>
    <message>
        <source>已发到 %1</source>
        <translation>Sent to %1</translation>
    </message>
    <message>
        <source>，已过期，请重新发送</source>
        <translation>, expired, please send again</translation>
    </message>
    <message>
        <source>，%1 内有效</source>
        <translation>, valid for %1</translation>
    </message>
    <message>
        <source>，输错了，还可以试 %1 次</source>
        <translation>, wrong, %1 tries left</translation>
    </message>
</context>
<context>
    <name>CodePad</name>
    <message>
        <source>清除</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>退格</source>
        <translation>Backspace</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>是同一人</source>
        <translation>Same person</translation>
    </message>
    <message>
        <source>不是同一人</source>
        <translation>Not the same person</translation>
    </message>
    <message>
        <source>一致</source>
        <translation>Agrees</translation>
    </message>
    <message>
        <source>不一致</source>
        <translation>Differs</translation>
    </message>
</context>
<context>
    <name>Confirm</name>
    <message>
        <source>结算账户</source>
        <translation>Settlement account</translation>
    </message>
    <message>
        <source>结算账户 %1（%2）</source>
        <translation>Settlement account %1 (%2)</translation>
    </message>
    <message>
        <source>另换终端：换上 %1</source>
        <translation>Terminal replaced by %1</translation>
    </message>
    <message>
        <source>手续费：免费</source>
        <translation>Fee: none</translation>
    </message>
    <message>
        <source>手续费：￥%1</source>
        <translation>Fee: CNY %1</translation>
    </message>
    <message>
        <source>受理后 %1 个工作日内可查询结果</source>
        <translation>Result within %1 working days of acceptance</translation>
    </message>
    <message>
        <source>（%1 后受理的顺延一天）</source>
        <translation> (one day later when accepted after %1)</translation>
    </message>
</context>
<context>
    <name>ConfirmPage</name>
    <message>
        <source>请把屏幕转向客户，或请客户看副屏</source>
        <translation>Turn the screen to the customer, or let them look at theirs</translation>
    </message>
    <message>
        <source>原号码</source>
        <translation>Old number</translation>
    </message>
    <message>
        <source>新号码</source>
        <translation>New number</translation>
    </message>
    <message>
        <source>不会改变</source>
        <translation>Does not change</translation>
    </message>
    <message>
        <source>费率、经营地址、终端归属</source>
        <translation>Rates, business address, ownership of the terminal</translation>
    </message>
    <message>
        <source>费用与时间</source>
        <translation>Fee and time</translation>
    </message>
    <message>
        <source>以机构处理结果为准</source>
        <translation>The institution&apos;s decision counts</translation>
    </message>
    <message>
        <source>请客户确认</source>
        <translation>The customer confirms</translation>
    </message>
    <message>
        <source>已看过告知内容，上述变更是本人（委托人）的意思</source>
        <translation>I have read the notice; this change is what I (the principal) want</translation>
    </message>
    <message>
        <source>单独同意：为办理本业务处理身份证件和金融账户等敏感个人信息</source>
        <translation>Separate consent: identity documents and financial accounts are processed for this service</translation>
    </message>
    <message>
        <source>两项由客户本人确认；不同意可以不办，不影响已有服务。</source>
        <translation>Both are confirmed by the customer; refusing them does not affect existing services.</translation>
    </message>
</context>
<context>
    <name>CustomerWindow</name>
    <message>
        <source>再看一遍告知</source>
        <translation>Read the notice again</translation>
    </message>
    <message>
        <source>回执草稿（无效），点按放大</source>
        <translation>Draft of the receipt (not valid); touch to enlarge</translation>
    </message>
    <message>
        <source>放大回执草稿</source>
        <translation>Enlarge the draft of the receipt</translation>
    </message>
    <message>
        <source>看完了，返回</source>
        <translation>Seen; go back</translation>
    </message>
    <message>
        <source>客户副屏</source>
        <translation>Customer&apos;s screen</translation>
    </message>
    <message>
        <source>已发到 %1</source>
        <translation>Sent to %1</translation>
    </message>
    <message>
        <source>您好，请在柜台办理</source>
        <translation>Welcome, please see the clerk</translation>
    </message>
    <message>
        <source>请您核对</source>
        <translation>Please check</translation>
    </message>
    <message>
        <source>原号码</source>
        <translation>Old number</translation>
    </message>
    <message>
        <source>新号码</source>
        <translation>New number</translation>
    </message>
    <message>
        <source>不会改变</source>
        <translation>Does not change</translation>
    </message>
    <message>
        <source>费率、经营地址</source>
        <translation>Rates, business address</translation>
    </message>
    <message>
        <source>费用与时间</source>
        <translation>Fee and time</translation>
    </message>
    <message>
        <source>已看过告知内容，上述变更是本人（委托人）的意思</source>
        <translation>I have read the notice; this change is what I (the principal) want</translation>
    </message>
    <message>
        <source>单独同意：为办理本业务处理身份证件和金融账户等敏感个人信息</source>
        <translation>Separate consent: identity documents and financial accounts are processed for this service</translation>
    </message>
    <message>
        <source>任何人员都不会向您索要验证码。</source>
        <translation>Nobody will ever ask you for the code.</translation>
    </message>
    <message>
        <source>请输入手机收到的验证码</source>
        <translation>Please enter the code from your phone</translation>
    </message>
    <message>
        <source>验证码只在这里输入，请不要告诉任何人，包括柜台人员。</source>
        <translation>Enter the code only here; tell nobody, not even the clerk.</translation>
    </message>
</context>
<context>
    <name>DecisionBox</name>
    <message>
        <source>工号</source>
        <translation>Staff number</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>请选择同意、退回或拒绝</source>
        <translation>Choose approve, return or refuse</translation>
    </message>
    <message>
        <source>还有 %1 项没有打勾</source>
        <translation>%1 items are not ticked yet</translation>
    </message>
    <message>
        <source>请写明理由</source>
        <translation>Please give a reason</translation>
    </message>
    <message>
        <source>请复核人输入自己的工号和密码</source>
        <translation>The second person enters their own number and password</translation>
    </message>
</context>
<context>
    <name>Done</name>
    <message>
        <source>尚未受理</source>
        <translation>Not accepted yet</translation>
    </message>
    <message>
        <source>按 F3 可以继续</source>
        <translation>F3 continues it</translation>
    </message>
    <message>
        <source>等复核人授权</source>
        <translation>Waits for the second person</translation>
    </message>
    <message>
        <source>件已保存，回执还没有交到客户手里</source>
        <translation>The case is saved; the customer has no receipt yet</translation>
    </message>
    <message>
        <source>已受理，尚未生效；联网后自动上送</source>
        <translation>Accepted, not in force yet; sent once online</translation>
    </message>
    <message>
        <source>已受理，尚未生效；等总部签收</source>
        <translation>Accepted, not in force yet; waiting for head office to receive it</translation>
    </message>
    <message>
        <source>已受理，尚未生效；等机构处理</source>
        <translation>Accepted, not in force yet; waiting for the institution</translation>
    </message>
    <message>
        <source>已受理，尚未生效</source>
        <translation>Accepted, not in force yet</translation>
    </message>
    <message>
        <source>请联系客户补交材料</source>
        <translation>Ask the customer for more documents</translation>
    </message>
    <message>
        <source>等总部答复</source>
        <translation>Waiting for head office</translation>
    </message>
    <message>
        <source>新号码已经绑定</source>
        <translation>The new number is bound</translation>
    </message>
    <message>
        <source>请联系客户说明原因，可以重新办理</source>
        <translation>Tell the customer why; they may apply again</translation>
    </message>
    <message>
        <source>本件不再上送，编号不再使用</source>
        <translation>This case is not sent; its number stays used</translation>
    </message>
    <message>
        <source>已把原因和救济途径交给客户</source>
        <translation>The customer was told the reason and what can be done</translation>
    </message>
    <message>
        <source>客户将自行在线上办理</source>
        <translation>The customer will do it online</translation>
    </message>
    <message>
        <source>以更正后的受理件为准</source>
        <translation>The corrected case counts</translation>
    </message>
    <message>
        <source>逾期没有续办，资料已按规定删除</source>
        <translation>Nobody went on with it in time; its data were deleted</translation>
    </message>
    <message>
        <source>生效后请重启终端并签到，再试一笔</source>
        <translation>Once in force: restart the terminal, sign it on, try one payment</translation>
    </message>
    <message>
        <source>用新号码拨打客服热线，确认能收到验证码</source>
        <translation>Call the hotline from the new number and check that codes arrive</translation>
    </message>
    <message>
        <source>支付宝、微信、网上银行绑定的手机号请本人在手机上更新</source>
        <translation>Numbers bound at Alipay, WeChat and online banking are changed by the customer</translation>
    </message>
    <message>
        <source>旧号码如已停用，请到运营商办理销号</source>
        <translation>If the old number is no longer used, cancel it at the operator</translation>
    </message>
</context>
<context>
    <name>DonePage</name>
    <message>
        <source>确认作废</source>
        <translation>Confirm voiding</translation>
    </message>
    <message>
        <source>确认撤回</source>
        <translation>Confirm withdrawal</translation>
    </message>
    <message>
        <source>受理编号</source>
        <translation>Acceptance number</translation>
    </message>
    <message>
        <source>请提醒客户</source>
        <translation>Remind the customer</translation>
    </message>
    <message>
        <source>补打回执</source>
        <translation>Reprint the receipt</translation>
    </message>
    <message>
        <source>同一客户再办一台</source>
        <translation>Another terminal, same customer</translation>
    </message>
    <message>
        <source>更正后重新办理</source>
        <translation>Correct and start again</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>撤回申请</source>
        <translation>Ask for withdrawal</translation>
    </message>
    <message>
        <source>请写明原因（客户须在作废单上签名）</source>
        <translation>Reason (the customer signs the void notice)</translation>
    </message>
    <message>
        <source>确认</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>不作废了</source>
        <translation>Do not void</translation>
    </message>
    <message>
        <source>打印结果确认单&#x3000;F8</source>
        <translation>Print the confirmation&#x3000;F8</translation>
    </message>
    <message>
        <source>补打作废单</source>
        <translation>Print the void notice again</translation>
    </message>
</context>
<context>
    <name>EndedPage</name>
    <message>
        <source>重新打印&#x3000;F8</source>
        <translation>Print again&#x3000;F8</translation>
    </message>
    <message>
        <source>已转线上办理</source>
        <translation>Moved to online</translation>
    </message>
    <message>
        <source>本次未受理</source>
        <translation>Not accepted this time</translation>
    </message>
    <message>
        <source>请向客户说明，按 Ctrl+Enter 回首页</source>
        <translation>Explain it to the customer; Ctrl+Enter leads home</translation>
    </message>
    <message>
        <source>✓ {} 已打印</source>
        <translation>✓ {} printed</translation>
    </message>
</context>
<context>
    <name>Evidence</name>
    <message>
        <source>知道并同意本次变更</source>
        <translation>Knows and agrees to this change</translation>
    </message>
    <message>
        <source>不能受理</source>
        <translation>Cannot be accepted</translation>
    </message>
    <message>
        <source>可以挂起，稍后再拨</source>
        <translation>May be parked and called again later</translation>
    </message>
    <message>
        <source>由复核人决定</source>
        <translation>The second person decides</translation>
    </message>
</context>
<context>
    <name>EvidencePage</name>
    <message>
        <source>尚未拨打</source>
        <translation>Not called yet</translation>
    </message>
    <message>
        <source>▲ 代办人给的号码不能作为本人确认</source>
        <translation>▲ A number given by the agent confirms nothing</translation>
    </message>
    <message>
        <source>✓ 本人已确认</source>
        <translation>✓ Confirmed by the principal</translation>
    </message>
    <message>
        <source>▲ 本人未确认</source>
        <translation>▲ Not confirmed by the principal</translation>
    </message>
    <message>
        <source>回拨本人</source>
        <translation>Call the principal back</translation>
    </message>
    <message>
        <source>联网核查</source>
        <translation>Online identity check</translation>
    </message>
    <message>
        <source>商户常识提问</source>
        <translation>Questions about the merchant</translation>
    </message>
    <message>
        <source>问一两个只有经营者才知道的问题，如常用收款时段；不记录答案</source>
        <translation>Ask one or two things only the owner knows, such as busy hours; answers are not kept</translation>
    </message>
    <message>
        <source>是否有人在指挥客户？</source>
        <translation>Is somebody instructing the customer?</translation>
    </message>
    <message>
        <source>客户疑似被他人电话指挥</source>
        <translation>The customer seems to be instructed by telephone</translation>
    </message>
    <message>
        <source>请拨打</source>
        <translation>Please dial</translation>
    </message>
    <message>
        <source>登记的号码</source>
        <translation>Number on file</translation>
    </message>
    <message>
        <source>代办人给的号码</source>
        <translation>Number from the agent</translation>
    </message>
</context>
<context>
    <name>FurtherDocument</name>
    <message>
        <source>再加一份（共同代办人、新证）</source>
        <translation>One more (joint agent, new card)</translation>
    </message>
    <message>
        <source>不加了</source>
        <translation>No further one</translation>
    </message>
    <message>
        <source>已录：{}</source>
        <translation>Recorded: {}</translation>
    </message>
</context>
<context>
    <name>HandOverPage</name>
    <message>
        <source>交接单尚未打印</source>
        <translation>The hand-over slip is not printed yet</translation>
    </message>
    <message>
        <source>✓ 交接单已打印，一式两份</source>
        <translation>✓ Hand-over slip printed in two copies</translation>
    </message>
    <message>
        <source>收回</source>
        <translation>Taken back</translation>
    </message>
    <message>
        <source>交付</source>
        <translation>Handed out</translation>
    </message>
    <message>
        <source>随机附件：电源、纸卷、说明</source>
        <translation>With: power supply, paper roll, leaflet</translation>
    </message>
    <message>
        <source>逐项确认</source>
        <translation>Confirm one by one</translation>
    </message>
    <message>
        <source>旧终端已收回，外观完好，已当面清点</source>
        <translation>Old terminal taken back, undamaged, counted together</translation>
    </message>
    <message>
        <source>新终端已交客户，已当面开机签到</source>
        <translation>New terminal handed over, switched on and signed on together</translation>
    </message>
    <message>
        <source>双方已在《终端换机交接单》上签名</source>
        <translation>Both signed the terminal hand-over slip</translation>
    </message>
    <message>
        <source>打印交接单</source>
        <translation>Print the hand-over slip</translation>
    </message>
</context>
<context>
    <name>HeldRow</name>
    <message>
        <source>记更正说明</source>
        <translation>Note what is wrong</translation>
    </message>
    <message>
        <source>客户指出的错误；按 Enter 记下，已受理的内容不改写</source>
        <translation>What the person says is wrong; Enter takes it down, the accepted case stays as it is</translation>
    </message>
    <message>
        <source>更正说明 %1 条</source>
        <translation>%1 correction notes</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>怎么用键盘办理</source>
        <translation>How to work with the keyboard</translation>
    </message>
    <message>
        <source>按 Esc 回到原来的地方，录入的内容都在</source>
        <translation>Esc leads back; what was entered stays</translation>
    </message>
    <message>
        <source>到下一项，不会翻页</source>
        <translation>To the next field; never turns the page</translation>
    </message>
    <message>
        <source>到下一步</source>
        <translation>To the next step</translation>
    </message>
    <message>
        <source>回上一步，内容不会丢</source>
        <translation>Back one step; nothing is lost</translation>
    </message>
    <message>
        <source>直接选第几项；方向键移动，空格选定</source>
        <translation>Pick that item; arrows move, Space picks</translation>
    </message>
    <message>
        <source>挂起这笔业务</source>
        <translation>Put this case aside</translation>
    </message>
    <message>
        <source>取回挂起的业务</source>
        <translation>Take a parked case up</translation>
    </message>
    <message>
        <source>读身份证或银行卡</source>
        <translation>Read an identity or bank card</translation>
    </message>
    <message>
        <source>用摄像头，空格拍照</source>
        <translation>Use the camera; Space takes the picture</translation>
    </message>
    <message>
        <source>请复核人授权</source>
        <translation>Ask the second person</translation>
    </message>
    <message>
        <source>打印或补打</source>
        <translation>Print or reprint</translation>
    </message>
    <message>
        <source>看办理进度与后台答复</source>
        <translation>See progress and answers of head office</translation>
    </message>
    <message>
        <source>签退，换人登录</source>
        <translation>Sign out for somebody else</translation>
    </message>
    <message>
        <source>把屏幕转给客户看，再按一次转回；在首页是日终</source>
        <translation>Turn the screen to the customer; again to turn it back; on the home page: the day</translation>
    </message>
    <message>
        <source>锁屏</source>
        <translation>Lock</translation>
    </message>
    <message>
        <source>显示被遮盖的号码 10 秒</source>
        <translation>Show masked numbers for 10 seconds</translation>
    </message>
    <message>
        <source>设备不通时先看顶栏：▲ 表示有故障，把鼠标放上去看怎么办。读卡器读不出时按 F6 用摄像头，或手工录入；打印机没纸时业务不会丢，装好纸按 F8。</source>
        <translation>If a device fails look at the top bar first: ▲ marks a fault, rest the mouse on it for what to do. If the reader cannot read, press F6 for the camera or type; without paper no case is lost, load paper and press F8.</translation>
    </message>
</context>
<context>
    <name>Hold</name>
    <message>
        <source>请客户放下手机，陪客户坐一会儿，慢慢问：“是谁让您来办的？您认识他吗？办好后他要您做什么？”复核人已得到提示；票据上不会写。</source>
        <translation>Ask the customer to put the phone down, sit with them and ask calmly: &quot;Who sent you? Do you know them? What are you to do afterwards?&quot; The second person has been told; no paper shows it.</translation>
    </message>
    <message>
        <source>留意客户是否一直在通话、照着别人说的做、神情紧张</source>
        <translation>Watch whether the customer is on the phone, follows instructions or looks nervous</translation>
    </message>
    <message>
        <source>先陪客户坐一会儿，%1 后可继续</source>
        <translation>Sit with the customer first; go on in %1</translation>
    </message>
    <message>
        <source>一分钟已到</source>
        <translation>The minute is over</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>没有挂起的业务</source>
        <translation>No parked cases</translation>
    </message>
    <message>
        <source>暂无新的答复</source>
        <translation>No new answers</translation>
    </message>
    <message>
        <source>{} 件已受理未打印，请先补打</source>
        <translation>{} accepted but unprinted, please reprint first</translation>
    </message>
    <message>
        <source>下一位客户</source>
        <translation>Next customer</translation>
    </message>
    <message>
        <source>扫描终端背面的序列号，或输入商户编号、hb、换绑，按回车开始</source>
        <translation>Scan the serial number on the back, or type a merchant number or hb, then Enter</translation>
    </message>
    <message>
        <source>扫描终端序列号或输入商户编号</source>
        <translation>Scan the serial number or type the merchant number</translation>
    </message>
    <message>
        <source>挂起与未完成</source>
        <translation>Parked and unfinished</translation>
    </message>
    <message>
        <source>后台答复</source>
        <translation>Answers of head office</translation>
    </message>
</context>
<context>
    <name>IdentityPage</name>
    <message>
        <source>出示哪种证件？</source>
        <translation>Which kind of document?</translation>
    </message>
    <message>
        <source>拍哪一面？</source>
        <translation>Which side is photographed?</translation>
    </message>
    <message>
        <source>✓ 已记为没带证件</source>
        <translation>✓ Noted: document not here</translation>
    </message>
    <message>
        <source>没带证件</source>
        <translation>Document not here</translation>
    </message>
    <message>
        <source>人像面</source>
        <translation>Portrait side</translation>
    </message>
    <message>
        <source>国徽面</source>
        <translation>Emblem side</translation>
    </message>
    <message>
        <source>护照、通行证</source>
        <translation>Passport, permit</translation>
    </message>
    <message>
        <source>请填写</source>
        <translation>Please fill in</translation>
    </message>
    <message>
        <source>请按 20200131 的样子填写</source>
        <translation>Please write it like 20200131</translation>
    </message>
    <message>
        <source>把证件放上读卡器会自动读取；读不出来时按 F6 用摄像头，或手工录入</source>
        <translation>Put the document on the reader and it is read by itself; else F6 for the camera, or type</translation>
    </message>
    <message>
        <source>请出示委托人的证件</source>
        <translation>The principal&apos;s document, please</translation>
    </message>
    <message>
        <source>请出示代办人的证件</source>
        <translation>The agent&apos;s document, please</translation>
    </message>
    <message>
        <source>请出示本人的证件</source>
        <translation>Your document, please</translation>
    </message>
    <message>
        <source>已读 {} / {} 字节</source>
        <translation>{} of {} bytes read</translation>
    </message>
    <message>
        <source>正在读取，请勿移动</source>
        <translation>Reading, do not move</translation>
    </message>
    <message>
        <source>请把身份证平放在读卡器上</source>
        <translation>Lay the identity card flat on the reader</translation>
    </message>
    <message>
        <source>也可以：F6 摄像头&#x3000;手工录入</source>
        <translation>Also possible: F6 camera&#x3000;typing</translation>
    </message>
    <message>
        <source>正在识别影像，请稍候</source>
        <translation>Reading the picture, please wait</translation>
    </message>
    <message>
        <source>F5 重试</source>
        <translation>F5 tries again</translation>
    </message>
    <message>
        <source>芯片已读取</source>
        <translation>Chip read</translation>
    </message>
    <message>
        <source>证件已录入</source>
        <translation>Document entered</translation>
    </message>
    <message>
        <source>按 F5 读卡</source>
        <translation>Press F5 to read the card</translation>
    </message>
    <message>
        <source>证件类型</source>
        <translation>Document type</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>证件号码</source>
        <translation>Document number</translation>
    </message>
    <message>
        <source>出生日期</source>
        <translation>Date of birth</translation>
    </message>
    <message>
        <source>有效期</source>
        <translation>Validity</translation>
    </message>
    <message>
        <source>F5 读卡</source>
        <translation>F5 Read card</translation>
    </message>
    <message>
        <source>F6 摄像头</source>
        <translation>F6 Camera</translation>
    </message>
    <message>
        <source>手工录入</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>有效期自</source>
        <translation>Valid from</translation>
    </message>
    <message>
        <source>有效期至（长期填“长期”）</source>
        <translation>Valid until (长期 for no end)</translation>
    </message>
    <message>
        <source>出示的是原件</source>
        <translation>The original was shown</translation>
    </message>
    <message>
        <source>核对无误，采用</source>
        <translation>Checked, use it</translation>
    </message>
    <message>
        <source>人与证件是同一人吗？</source>
        <translation>Is this the same person?</translation>
    </message>
    <message>
        <source>证面与芯片一致吗？（可不填）</source>
        <translation>Does the surface agree with the chip? (optional)</translation>
    </message>
    <message>
        <source>证面姓名</source>
        <translation>Name on the surface</translation>
    </message>
    <message>
        <source>证面号码</source>
        <translation>Number on the surface</translation>
    </message>
    <message>
        <source>请先拿起证件，再放一次</source>
        <translation>Lift the card, then lay it down again</translation>
    </message>
    <message>
        <source>读卡器上还是刚才那张</source>
        <translation>The card on the reader is the one just read</translation>
    </message>
    <message>
        <source>这张卡不是护照或通行证</source>
        <translation>This card is no passport or permit</translation>
    </message>
    <message>
        <source>请换上证件，会继续读取；读身份证请改选左边一格</source>
        <translation>Lay the document down, reading goes on; for an ID card choose the left tile</translation>
    </message>
    <message>
        <source>放上的不是身份证</source>
        <translation>This is no resident ID card</translation>
    </message>
    <message>
        <source>银行卡请先拿开；护照、通行证请改选。身份证放到身份证阅读器上，会继续读取</source>
        <translation>Take a bank card away; for a passport choose the other tile. Lay the ID card on the ID reader, reading goes on</translation>
    </message>
    <message>
        <source>读卡器里原有的卡不是护照或通行证；请放到空的读卡器上，或换下那张卡</source>
        <translation>The card that was already in a reader is no passport or permit; use a free reader, or take that card out</translation>
    </message>
    <message>
        <source>另一台读卡器里原有一张卡，不影响读身份证；护照、通行证请改选</source>
        <translation>A card was already in another reader; ID cards are read all the same. For a passport or permit choose it above</translation>
    </message>
    <message>
        <source>卡没有应答，请放正、放稳</source>
        <translation>The card does not answer: lay it flat and still</translation>
    </message>
    <message>
        <source>护照请合上，封底朝下放</source>
        <translation>Close a passport and lay it on its back cover</translation>
    </message>
    <message>
        <source>另一个程序正在使用这张卡</source>
        <translation>Another program is using this card</translation>
    </message>
    <message>
        <source>请关闭其他读卡程序，会继续读取</source>
        <translation>Close other card programs; reading goes on</translation>
    </message>
    <message>
        <source>请把护照或通行证平放在读卡器上</source>
        <translation>Lay the passport or permit on the reader</translation>
    </message>
    <message>
        <source>没读全，正在重读，请勿移动</source>
        <translation>Reading again, keep the card still</translation>
    </message>
    <message>
        <source>正在打开芯片，请勿移动</source>
        <translation>Opening the chip, keep it still</translation>
    </message>
    <message>
        <source>正在核验芯片</source>
        <translation>Checking the chip</translation>
    </message>
    <message>
        <source>照片未解码，请看证面照片核对本人</source>
        <translation>Portrait not decoded: compare with the printed one</translation>
    </message>
    <message>
        <source>先读机读码，再放上证件</source>
        <translation>Machine readable lines first, then the document</translation>
    </message>
    <message>
        <source>按 F6 拍机读码页，或在右侧输入机读码</source>
        <translation>Press F6 for the camera, or type the lines on the right</translation>
    </message>
    <message>
        <source>住址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>芯片核验：通过，按芯片证据采用</source>
        <translation>Chip checks: passed, counts as chip evidence</translation>
    </message>
    <message>
        <source>芯片核验：未能全部验证，只按摄像头证据采用</source>
        <translation>Chip checks: not all verified, counts as camera evidence only</translation>
    </message>
    <message>
        <source>机读码（护照印有 &lt;&lt;&lt; 的第二行；通行证的整段）</source>
        <translation>Machine readable lines (a passport&apos;s second; all of a permit&apos;s)</translation>
    </message>
    <message>
        <source>芯片核验</source>
        <translation>Chip checks</translation>
    </message>
</context>
<context>
    <name>InboxRow</name>
    <message>
        <source>无法上送</source>
        <translation>Cannot be sent</translation>
    </message>
    <message>
        <source>打开补打</source>
        <translation>Open to reprint</translation>
    </message>
    <message>
        <source>已通知客户</source>
        <translation>Customer informed</translation>
    </message>
    <message>
        <source>打开</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>补交材料</source>
        <translation>Add documents</translation>
    </message>
    <message>
        <source>打开更正</source>
        <translation>Open and correct</translation>
    </message>
    <message>
        <source>立即重试</source>
        <translation>Try again now</translation>
    </message>
    <message>
        <source>事后存疑</source>
        <translation>In doubt</translation>
    </message>
    <message>
        <source>打开处理</source>
        <translation>Open and settle</translation>
    </message>
    <message>
        <source>请打开作废或撤回，或由中心主任按 F7 再看一次</source>
        <translation>Open it to void or withdraw, or let a centre manager look once more (F7)</translation>
    </message>
    <message>
        <source>已生效，请告知中心主任，由其按 F7 再看一次</source>
        <translation>In force: tell the centre manager, who looks once more (F7)</translation>
    </message>
</context>
<context>
    <name>InboxView</name>
    <message>
        <source>办理进度</source>
        <translation>Progress</translation>
    </message>
    <message>
        <source>按等待时间排列；超过一天的用红色</source>
        <translation>By waiting time; more than a day in red</translation>
    </message>
    <message>
        <source>共 %1 件，超过一天 %2 件</source>
        <translation>%1 in all, %2 for more than a day</translation>
    </message>
    <message>
        <source>没有等待处理的答复</source>
        <translation>No answers waiting</translation>
    </message>
    <message>
        <source>返回&#x3000;Esc</source>
        <translation>Return&#x3000;Esc</translation>
    </message>
</context>
<context>
    <name>IncidentPage</name>
    <message>
        <source>事件编号 {}</source>
        <translation>Incident {}</translation>
    </message>
    <message>
        <source>已复制，可以粘贴给技术支持</source>
        <translation>Copied; paste it for support</translation>
    </message>
    <message>
        <source>程序遇到意外问题</source>
        <translation>Something unexpected happened</translation>
    </message>
    <message>
        <source>已录入的内容都已保存，没有继续往下办。请把诊断信息交给技术支持，然后回到首页接着办。</source>
        <translation>Everything entered is saved and nothing went on. Give the diagnostics to support, then go home and continue.</translation>
    </message>
    <message>
        <source>回到首页</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>复制诊断信息</source>
        <translation>Copy diagnostics</translation>
    </message>
</context>
<context>
    <name>KindBox</name>
    <message>
        <source>身份证、居住证</source>
        <translation>ID card, residence permit</translation>
    </message>
    <message>
        <source>放上即读</source>
        <translation>Read when laid down</translation>
    </message>
    <message>
        <source>护照、通行证</source>
        <translation>Passport, permit</translation>
    </message>
    <message>
        <source>先拍或输入机读码</source>
        <translation>Camera or lines first</translation>
    </message>
    <message>
        <source>请核对：位数不对或校验位不符</source>
        <translation>Please check: wrong length or check digit</translation>
    </message>
    <message>
        <source>按 F6 拍机读码页，或在此输入后按回车</source>
        <translation>Press F6 for the camera, or type here and press Enter</translation>
    </message>
    <message>
        <source>校验位正确，请放上证件</source>
        <translation>Check digits are right: lay the document down</translation>
    </message>
</context>
<context>
    <name>Letter</name>
    <message>
        <source>公证书编号</source>
        <translation>Notarial number</translation>
    </message>
    <message>
        <source>公证处</source>
        <translation>Notary office</translation>
    </message>
    <message>
        <source>出证日期</source>
        <translation>Date of the certificate</translation>
    </message>
    <message>
        <source>公证事项包含变更手机号码</source>
        <translation>The certificate covers the phone change</translation>
    </message>
    <message>
        <source>已向公证处或查询平台核验</source>
        <translation>Verified at the notary or its platform</translation>
    </message>
    <message>
        <source>已有加章转递、核对或附加证明书</source>
        <translation>Bears the forwarding seal, match or apostille</translation>
    </message>
    <message>
        <source>本人</source>
        <translation>Principal</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Company</translation>
    </message>
    <message>
        <source>姓名或名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>证件号码或统一社会信用代码</source>
        <translation>Document number or credit code</translation>
    </message>
    <message>
        <source>法定代表人</source>
        <translation>Legal representative</translation>
    </message>
    <message>
        <source>变更（换绑）手机号码</source>
        <translation>Change the bound phone number</translation>
    </message>
    <message>
        <source>领取更换的终端</source>
        <translation>Collect a replacement terminal</translation>
    </message>
    <message>
        <source>领取受理回执</source>
        <translation>Collect the receipt</translation>
    </message>
    <message>
        <source>只写“全权办理”等概括字样</source>
        <translation>Only a general wording such as &quot;all matters&quot;</translation>
    </message>
    <message>
        <source>写明的商户编号（没有写则留空）</source>
        <translation>Merchant number stated (empty if none)</translation>
    </message>
    <message>
        <source>委托书上写的新手机号码（没有写则留空）</source>
        <translation>New number on the letter (empty if none)</translation>
    </message>
    <message>
        <source>自（没有写则留空）</source>
        <translation>From (empty if none)</translation>
    </message>
    <message>
        <source>至（没有写则留空）</source>
        <translation>Until (empty if none)</translation>
    </message>
    <message>
        <source>委托人已签名</source>
        <translation>Signed by the principal</translation>
    </message>
    <message>
        <source>已加盖单位公章</source>
        <translation>Bears the company seal</translation>
    </message>
    <message>
        <source>法定代表人已签章</source>
        <translation>Signed by the legal representative</translation>
    </message>
    <message>
        <source>须共同办理（未写明时按此）</source>
        <translation>Must act together (also if not stated)</translation>
    </message>
    <message>
        <source>写明可以单独办理</source>
        <translation>States that each may act alone</translation>
    </message>
    <message>
        <source>写明允许转委托</source>
        <translation>States that authority may be passed on</translation>
    </message>
    <message>
        <source>写明可以绑定他人名下的号码</source>
        <translation>States that another person&apos;s number may be bound</translation>
    </message>
    <message>
        <source>委托人</source>
        <translation>Principal</translation>
    </message>
    <message>
        <source>受托人</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>委托事项</source>
        <translation>Matters</translation>
    </message>
    <message>
        <source>新手机号码</source>
        <translation>New phone number</translation>
    </message>
    <message>
        <source>期限</source>
        <translation>Term</translation>
    </message>
    <message>
        <source>签名盖章</source>
        <translation>Signature and seal</translation>
    </message>
    <message>
        <source>代办人年龄</source>
        <translation>Agent&apos;s age</translation>
    </message>
    <message>
        <source>共同代理</source>
        <translation>Joint agents</translation>
    </message>
    <message>
        <source>转委托</source>
        <translation>Passing on</translation>
    </message>
    <message>
        <source>号码归属</source>
        <translation>Whose number</translation>
    </message>
    <message>
        <source>是否用过</source>
        <translation>Used before</translation>
    </message>
    <message>
        <source>是否撤销</source>
        <translation>Revoked</translation>
    </message>
    <message>
        <source>本人确认</source>
        <translation>Confirmed by the principal</translation>
    </message>
    <message>
        <source>公证书</source>
        <translation>Notarial certificate</translation>
    </message>
    <message>
        <source>代办记录</source>
        <translation>Earlier visits</translation>
    </message>
    <message>
        <source>有无涂改</source>
        <translation>Alterations</translation>
    </message>
    <message>
        <source>由系统查询</source>
        <translation>The system looks it up</translation>
    </message>
    <message>
        <source>按证件上的出生日期</source>
        <translation>By the birth date on the document</translation>
    </message>
    <message>
        <source>在“补充核实”一步回拨本人</source>
        <translation>Call the principal back at the step of extra checks</translation>
    </message>
    <message>
        <source>未勾选</source>
        <translation>Not ticked</translation>
    </message>
    <message>
        <source>{}；商户 {}</source>
        <translation>{}; merchant {}</translation>
    </message>
    <message>
        <source>允许</source>
        <translation>Allowed</translation>
    </message>
    <message>
        <source>未允许</source>
        <translation>Not allowed</translation>
    </message>
    <message>
        <source>写明可用他人号码</source>
        <translation>Another person&apos;s number is allowed</translation>
    </message>
    <message>
        <source>未写明可用他人号码</source>
        <translation>Another person&apos;s number is not mentioned</translation>
    </message>
    <message>
        <source>未写截止日</source>
        <translation>No end date stated</translation>
    </message>
    <message>
        <source>至 %1</source>
        <translation>until %1</translation>
    </message>
    <message>
        <source>签名</source>
        <translation>Signature</translation>
    </message>
    <message>
        <source>公章</source>
        <translation>Company seal</translation>
    </message>
    <message>
        <source>法人签章</source>
        <translation>Representative&apos;s seal</translation>
    </message>
    <message>
        <source>未见签名盖章</source>
        <translation>No signature or seal seen</translation>
    </message>
    <message>
        <source>仅一位受托人</source>
        <translation>One agent only</translation>
    </message>
    <message>
        <source>须共同办理</source>
        <translation>Must act together</translation>
    </message>
    <message>
        <source>可以单独办理</source>
        <translation>May act alone</translation>
    </message>
    <message>
        <source>非公证委托书</source>
        <translation>Not a notarised letter</translation>
    </message>
    <message>
        <source>未写明</source>
        <translation>Not stated</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>已满 18 周岁</source>
        <translation>18 years or older</translation>
    </message>
    <message>
        <source>没有用过</source>
        <translation>Not used before</translation>
    </message>
    <message>
        <source>没有撤销</source>
        <translation>Not revoked</translation>
    </message>
    <message>
        <source>已确认或不需要</source>
        <translation>Confirmed, or not needed</translation>
    </message>
    <message>
        <source>没有异常</source>
        <translation>Nothing unusual</translation>
    </message>
</context>
<context>
    <name>LetterAgents</name>
    <message>
        <source>再加一位受托人</source>
        <translation>Add another agent</translation>
    </message>
</context>
<context>
    <name>LetterPage</name>
    <message>
        <source>转委托书</source>
        <translation>Letter of substitution</translation>
    </message>
    <message>
        <source>代办人把委托转给别人时的第二份委托书</source>
        <translation>The second letter, by which an agent passes the authority on</translation>
    </message>
    <message>
        <source>已记录：没有委托书</source>
        <translation>Noted: no letter</translation>
    </message>
    <message>
        <source>✓ 已确认；改动后需再确认</source>
        <translation>✓ Confirmed; confirm again after a change</translation>
    </message>
    <message>
        <source>虚线为识别结果，请逐项核对后确认</source>
        <translation>Dashed values were read by the camera; check each, then confirm</translation>
    </message>
    <message>
        <source>逐项录入后确认</source>
        <translation>Enter each item, then confirm</translation>
    </message>
    <message>
        <source>请把委托书平放在摄像头下，按 F6 拍摄</source>
        <translation>Lay the letter under the camera and press F6</translation>
    </message>
    <message>
        <source>电子委托书（PDF）按 F6 后选“打开文件”；也可以在右侧逐项录入</source>
        <translation>For a PDF letter press F6, then Open file; or enter each item on the right</translation>
    </message>
    <message>
        <source>委托书图像</source>
        <translation>Picture of the letter</translation>
    </message>
    <message>
        <source>滚轮或 ＋ － 缩放，0 看全页；F6 重拍</source>
        <translation>Wheel or + - zoom, 0 shows the page; F6 takes it again</translation>
    </message>
    <message>
        <source>签名委托书</source>
        <translation>Signed letter</translation>
    </message>
    <message>
        <source>公证委托书</source>
        <translation>Notarised letter</translation>
    </message>
    <message>
        <source>原件</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>没有委托书</source>
        <translation>No letter</translation>
    </message>
    <message>
        <source>确认委托书内容</source>
        <translation>Confirm what the letter says</translation>
    </message>
</context>
<context>
    <name>LicenceBox</name>
    <message>
        <source>统一社会信用代码</source>
        <translation>Credit code</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>经营者或法定代表人</source>
        <translation>Operator or legal representative</translation>
    </message>
    <message>
        <source>营业期限至</source>
        <translation>Business term until</translation>
    </message>
    <message>
        <source>确认执照信息</source>
        <translation>Confirm the licence</translation>
    </message>
    <message>
        <source>客户带来了，录入</source>
        <translation>The customer has it, enter it</translation>
    </message>
    <message>
        <source>该类商户不需要</source>
        <translation>Not needed for this kind of merchant</translation>
    </message>
    <message>
        <source>× 没带</source>
        <translation>× Not here</translation>
    </message>
    <message>
        <source>✓ 已确认</source>
        <translation>✓ Confirmed</translation>
    </message>
    <message>
        <source>识别结果，请核对</source>
        <translation>Read by the camera, please check</translation>
    </message>
    <message>
        <source>F6 拍摄，或手工录入</source>
        <translation>F6 takes a picture, or type</translation>
    </message>
</context>
<context>
    <name>LockPage</name>
    <message>
        <source>已锁定</source>
        <translation>Locked</translation>
    </message>
    <message>
        <source>客户信息已遮盖。请输入密码继续，业务停在原来的位置。</source>
        <translation>Customer data is covered. Enter the password to go on; the case stays where it was.</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>解锁&#x3000;Enter</source>
        <translation>Unlock&#x3000;Enter</translation>
    </message>
</context>
<context>
    <name>MaskedValue</name>
    <message>
        <source>显示 10 秒（Alt+M）</source>
        <translation>Show for 10 seconds (Alt+M)</translation>
    </message>
    <message>
        <source>显示完整号码</source>
        <translation>Show the whole number</translation>
    </message>
</context>
<context>
    <name>MaterialsPage</name>
    <message>
        <source>是，没有变化</source>
        <translation>Yes, unchanged</translation>
    </message>
    <message>
        <source>不是</source>
        <translation>No</translation>
    </message>
    <message>
        <source>用银行卡核对（可选）</source>
        <translation>Check with the bank card (optional)</translation>
    </message>
    <message>
        <source>这不是卡号，请输入卡面数字</source>
        <translation>Not a card number; type the digits on the card</translation>
    </message>
    <message>
        <source>识别结果，核对后按回车</source>
        <translation>Read by the camera; check, then Enter</translation>
    </message>
    <message>
        <source>✓ 客户已确认</source>
        <translation>✓ Confirmed by the customer</translation>
    </message>
    <message>
        <source>× 客户说不是</source>
        <translation>× The customer says no</translation>
    </message>
    <message>
        <source>近期话单、充值记录或运营商回执，任意一样</source>
        <translation>Recent call list, top-up record or operator&apos;s receipt, any one</translation>
    </message>
    <message>
        <source>号码不在本人名下时才需要：近期话单、充值记录或运营商回执</source>
        <translation>Only if the number is not in the principal&apos;s name: call list, top-up record or receipt</translation>
    </message>
    <message>
        <source>营业执照</source>
        <translation>Business licence</translation>
    </message>
    <message>
        <source>长期</source>
        <translation>No end</translation>
    </message>
    <message>
        <source>变更申请表已加盖单位公章</source>
        <translation>The application form bears the company seal</translation>
    </message>
    <message>
        <source>没带执照</source>
        <translation>Licence not here</translation>
    </message>
    <message>
        <source>确认执照信息</source>
        <translation>Confirm the licence</translation>
    </message>
    <message>
        <source>结算账户</source>
        <translation>Settlement account</translation>
    </message>
    <message>
        <source>请客户确认：收款账户仍是这一个，没有变化？</source>
        <translation>Customer confirms: still this account, nothing changed?</translation>
    </message>
    <message>
        <source>新号码使用证明</source>
        <translation>Proof of use of the new number</translation>
    </message>
    <message>
        <source>客户已出示</source>
        <translation>Shown by the customer</translation>
    </message>
    <message>
        <source>这不是银行卡，请换上结算账户的银行卡，会继续读取</source>
        <translation>This is no bank card; use the settlement account&apos;s, reading goes on</translation>
    </message>
    <message>
        <source>请插入或放上银行卡，勿移动</source>
        <translation>Insert the bank card or lay it down, keep it still</translation>
    </message>
    <message>
        <source>F5 读卡，或输入卡号后回车</source>
        <translation>F5 reads the card, or type, then Enter</translation>
    </message>
    <message>
        <source>✓ 一致 %1</source>
        <translation>✓ The same card: %1</translation>
    </message>
    <message>
        <source>× 不一致 %1</source>
        <translation>× Another card: %1</translation>
    </message>
</context>
<context>
    <name>NewNumber</name>
    <message>
        <source>夫妻共用</source>
        <translation>Shared by spouses</translation>
    </message>
    <message>
        <source>父母与子女共用</source>
        <translation>Shared by parents and children</translation>
    </message>
    <message>
        <source>同一法定代表人的多家单位</source>
        <translation>Several companies of one representative</translation>
    </message>
    <message>
        <source>财务人员统一管理</source>
        <translation>Managed by the accountant</translation>
    </message>
</context>
<context>
    <name>NewNumberPage</name>
    <message>
        <source>新号码</source>
        <translation>New number</translation>
    </message>
    <message>
        <source>请客户再输一次</source>
        <translation>The customer enters it again</translation>
    </message>
    <message>
        <source>✓ 号码可用，与原号码不同</source>
        <translation>✓ The number can be used and differs from the old one</translation>
    </message>
    <message>
        <source>✓ 两次一致</source>
        <translation>✓ Both entries agree</translation>
    </message>
    <message>
        <source>× 两次不一致，请客户看着号码再输一次</source>
        <translation>× The entries differ; the customer reads the number and enters it again</translation>
    </message>
    <message>
        <source>号码登记在谁名下？</source>
        <translation>In whose name is the number?</translation>
    </message>
    <message>
        <source>该号码还绑定他人商户，请说明原因</source>
        <translation>Other people&apos;s merchants use this number too; please say why</translation>
    </message>
    <message>
        <source>验证码</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>发送验证码</source>
        <translation>Send code</translation>
    </message>
    <message>
        <source>请客户输入</source>
        <translation>The customer types it</translation>
    </message>
    <message>
        <source>无法发送或客户收不到</source>
        <translation>Cannot be sent or does not arrive</translation>
    </message>
    <message>
        <source>姓名、证件、号码三要素核验（有渠道时）</source>
        <translation>Check of name, document and number (where there is a channel)</translation>
    </message>
</context>
<context>
    <name>NoticeSheet</name>
    <message>
        <source>版本 %1</source>
        <translation>Edition %1</translation>
    </message>
</context>
<context>
    <name>NoticeStrip</name>
    <message>
        <source>不再等待</source>
        <translation>Wait no longer</translation>
    </message>
    <message>
        <source>请插入或放上银行卡</source>
        <translation>Insert the bank card or lay it down</translation>
    </message>
</context>
<context>
    <name>Office</name>
    <message>
        <source>其他材料</source>
        <translation>Other document</translation>
    </message>
    <message>
        <source>银联</source>
        <translation>UnionPay</translation>
    </message>
    <message>
        <source>支付宝</source>
        <translation>Alipay</translation>
    </message>
    <message>
        <source>微信</source>
        <translation>WeChat Pay</translation>
    </message>
    <message>
        <source>待处理</source>
        <translation>pending</translation>
    </message>
    <message>
        <source>已更新</source>
        <translation>done</translation>
    </message>
    <message>
        <source>失败</source>
        <translation>failed</translation>
    </message>
    <message>
        <source>请于 {} 前补交</source>
        <translation>Bring by {}</translation>
    </message>
</context>
<context>
    <name>OldNumber</name>
    <message>
        <source>当场收到短信或接通来电</source>
        <translation>Received a message or call here and now</translation>
    </message>
    <message>
        <source>手机或卡丢失、停机、打不通</source>
        <translation>Phone or card lost, suspended, unreachable</translation>
    </message>
    <message>
        <source>运营商已收回，可能已给别人用</source>
        <translation>Taken back by the operator, may serve somebody else</translation>
    </message>
    <message>
        <source>号码能用，但不愿当场验证</source>
        <translation>Works, but the customer does not want to verify it</translation>
    </message>
    <message>
        <source>由复核人决定</source>
        <translation>The second person decides</translation>
    </message>
    <message>
        <source>运营商挂失或停机凭证</source>
        <translation>Operator&apos;s slip of loss or suspension</translation>
    </message>
    <message>
        <source>运营商销户凭证</source>
        <translation>Operator&apos;s slip of cancellation</translation>
    </message>
    <message>
        <source>写明手机或卡被盗、遗失</source>
        <translation>States that phone or card was stolen or lost</translation>
    </message>
</context>
<context>
    <name>OldNumberPage</name>
    <message>
        <source>原号码还能用吗？</source>
        <translation>Does the old number still work?</translation>
    </message>
    <message>
        <source>请拨打原号码，或请客户当场出示手机</source>
        <translation>Call the old number, or let the customer show the phone</translation>
    </message>
    <message>
        <source>登记的原号码</source>
        <translation>Old number on record</translation>
    </message>
    <message>
        <source>客户带来了什么证明？</source>
        <translation>What proof did the customer bring?</translation>
    </message>
</context>
<context>
    <name>PadPanel</name>
    <message>
        <source>客户正在副屏上签名；写完请按“确认签名”</source>
        <translation>The customer is signing on the other screen; press “Keep the signature” when done</translation>
    </message>
    <message>
        <source>已签好；要再签一次请按“清除重签”</source>
        <translation>Signed; for another signature press “Wipe and sign again”</translation>
    </message>
    <message>
        <source>等待客户在副屏上签名</source>
        <translation>Waiting for the customer to sign on the other screen</translation>
    </message>
    <message>
        <source>清除重签</source>
        <translation>Wipe and sign again</translation>
    </message>
    <message>
        <source>确认签名</source>
        <translation>Keep the signature</translation>
    </message>
    <message>
        <source>请客户在框内签全名&#x3000;%1</source>
        <translation>Ask the customer to sign the whole name in the frame&#x3000;%1</translation>
    </message>
    <message>
        <source>只签这份回执（记录摘要 %1）；笔迹加密保存，只有档案部门能打开</source>
        <translation>For this receipt only (record %1); the handwriting is kept encrypted, and only the archive can open it</translation>
    </message>
</context>
<context>
    <name>ParkPage</name>
    <message>
        <source>还有业务没办完，要退出吗？</source>
        <translation>A case is not finished. Close?</translation>
    </message>
    <message>
        <source>为什么先放一放？</source>
        <translation>Why put it aside?</translation>
    </message>
    <message>
        <source>挂起并退出</source>
        <translation>Park and close</translation>
    </message>
    <message>
        <source>挂起</source>
        <translation>Park</translation>
    </message>
    <message>
        <source>客户回去取材料</source>
        <translation>Customer fetches documents</translation>
    </message>
    <message>
        <source>等复核人</source>
        <translation>Waits for the second person</translation>
    </message>
    <message>
        <source>先办下一位</source>
        <translation>Next customer first</translation>
    </message>
    <message>
        <source>设备故障</source>
        <translation>Device trouble</translation>
    </message>
    <message>
        <source>不提醒</source>
        <translation>No reminder</translation>
    </message>
    <message>
        <source>30 分钟后</source>
        <translation>In 30 minutes</translation>
    </message>
    <message>
        <source>2 小时后</source>
        <translation>In 2 hours</translation>
    </message>
    <message>
        <source>明天这时</source>
        <translation>Tomorrow at this time</translation>
    </message>
    <message>
        <source>已录入的内容和影像都会保存，稍后按 F3 接着办</source>
        <translation>Everything entered and every picture is saved; F3 takes it up again</translation>
    </message>
    <message>
        <source>说明（可不填）</source>
        <translation>Note (optional)</translation>
    </message>
    <message>
        <source>到时提醒</source>
        <translation>Reminder</translation>
    </message>
    <message>
        <source>挂起&#x3000;Enter</source>
        <translation>Park&#x3000;Enter</translation>
    </message>
    <message>
        <source>继续办理&#x3000;Esc</source>
        <translation>Continue&#x3000;Esc</translation>
    </message>
    <message>
        <source>客户改在线上办理</source>
        <translation>Customer does it online</translation>
    </message>
    <message>
        <source>结束办理并打印告知</source>
        <translation>End and print the notice</translation>
    </message>
</context>
<context>
    <name>ParkedRow</name>
    <message>
        <source>继续办理</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>到提醒时间</source>
        <translation>Reminder due</translation>
    </message>
    <message>
        <source>经办 %1</source>
        <translation>Clerk %1</translation>
    </message>
    <message>
        <source>停在“%1”</source>
        <translation>At &quot;%1&quot;</translation>
    </message>
</context>
<context>
    <name>ParkedView</name>
    <message>
        <source>挂起与未完成的受理件</source>
        <translation>Parked and unfinished cases</translation>
    </message>
    <message>
        <source>接手别人的件会记录在案；验证码须重新发送</source>
        <translation>Taking over somebody&apos;s case is recorded; codes are sent again</translation>
    </message>
    <message>
        <source>共 %1 件</source>
        <translation>%1 in all</translation>
    </message>
    <message>
        <source>没有找到</source>
        <translation>Nothing found</translation>
    </message>
    <message>
        <source>没有挂起或未完成的受理件</source>
        <translation>No parked or unfinished cases</translation>
    </message>
    <message>
        <source>按商户、终端或客户查找</source>
        <translation>Search by merchant, terminal or customer</translation>
    </message>
    <message>
        <source>返回&#x3000;Esc</source>
        <translation>Return&#x3000;Esc</translation>
    </message>
</context>
<context>
    <name>PictureBrowser</name>
    <message>
        <source>上一张图（Alt+←）</source>
        <translation>Picture before (Alt+←)</translation>
    </message>
    <message>
        <source>下一张图（Alt+→）</source>
        <translation>Next picture (Alt+→)</translation>
    </message>
    <message>
        <source>没有影像</source>
        <translation>No pictures</translation>
    </message>
</context>
<context>
    <name>PictureRoute</name>
    <message>
        <source>拍下证件上的姓名&#x3000;F6</source>
        <translation>Photograph the name on the document&#x3000;F6</translation>
    </message>
    <message>
        <source>以图片为准</source>
        <translation>The picture counts</translation>
    </message>
    <message>
        <source>没有字库能打印：{}</source>
        <translation>No font can print: {}</translation>
    </message>
    <message>
        <source>不要用拼音或别的字代替。请留存姓名的图片，单据上印 〓、代码和“以图片为准”；没有摄像头时留存证件复印件</source>
        <translation>Never write pinyin or another character instead. Keep a picture of the name; papers show 〓, the code point and that the picture counts. Without a camera, file a copy of the document</translation>
    </message>
    <message>
        <source>以图片为准：{}</source>
        <translation>The picture counts: {}</translation>
    </message>
    <message>
        <source>图片已留存，单据上印 〓 和代码</source>
        <translation>The picture is kept; papers show 〓 and the code point</translation>
    </message>
    <message>
        <source>请留存证件复印件，单据上印 〓 和代码</source>
        <translation>File a copy of the document; papers show 〓 and the code point</translation>
    </message>
</context>
<context>
    <name>PostReviewBox</name>
    <message>
        <source>看的结果</source>
        <translation>What you found</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>请选择无误或存疑</source>
        <translation>Say whether it is in order or doubtful</translation>
    </message>
    <message>
        <source>还有 %1 项没有打勾</source>
        <translation>%1 items are not ticked</translation>
    </message>
    <message>
        <source>请选择存疑的原因</source>
        <translation>Choose why it is doubtful</translation>
    </message>
    <message>
        <source>签入已超过两分钟，请再输入密码</source>
        <translation>You signed in more than two minutes ago; type the password again</translation>
    </message>
</context>
<context>
    <name>PostReviewList</name>
    <message>
        <source>%1 件待事后复核</source>
        <translation>%1 to look at</translation>
    </message>
    <message>
        <source>没有待事后复核的</source>
        <translation>Nothing waits for a look</translation>
    </message>
    <message>
        <source>事后复核存疑：%1</source>
        <translation>Doubtful: %1</translation>
    </message>
    <message>
        <source>%1&#x3000;请打开该件作废、撤回或更正；或由中心主任再看一次</source>
        <translation>%1&#x3000;Open the case and void, withdraw or correct it, or have a centre manager look again</translation>
    </message>
    <message>
        <source>事后复核</source>
        <translation>Later look at accepted cases</translation>
    </message>
    <message>
        <source>由未经办的复核人此刻签入后逐件查看；不打印，不告知商户</source>
        <translation>A reviewer who did not handle them signs in now and looks at one after another; nothing is printed, the merchant is not told</translation>
    </message>
    <message>
        <source>复核人工号</source>
        <translation>Reviewer&apos;s staff number</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>开始查看</source>
        <translation>Begin</translation>
    </message>
</context>
<context>
    <name>PostReviewSheet</name>
    <message>
        <source>事后复核：第 %1 件，共 %2 件</source>
        <translation>Later look: %1 of %2</translation>
    </message>
    <message>
        <source>经办 %1</source>
        <translation>Handled by %1</translation>
    </message>
    <message>
        <source>资料已按期删除，没有可看的；只能记下结果</source>
        <translation>The data were deleted when due; only the outcome can be noted</translation>
    </message>
    <message>
        <source>请逐项与影像比对后打勾；存疑的须选原因，不告知商户</source>
        <translation>Compare each item with its picture and tick; a doubt needs its reason, the merchant is not told</translation>
    </message>
    <message>
        <source>证据</source>
        <translation>Evidence</translation>
    </message>
    <message>
        <source>影像</source>
        <translation>Pictures</translation>
    </message>
</context>
<context>
    <name>PostReviewView</name>
    <message>
        <source>没有您可以看的：自己经办的须由别人看</source>
        <translation>Nothing here for you: what you handled must be looked at by somebody else</translation>
    </message>
    <message>
        <source>看完了 %1 件</source>
        <translation>%1 looked at</translation>
    </message>
</context>
<context>
    <name>PresenterPage</name>
    <message>
        <source>登记的负责人自己来，带本人证件</source>
        <translation>The principal on record, with own document</translation>
    </message>
    <message>
        <source>带授权委托书和两个人的证件</source>
        <translation>With a delegation letter and both documents</translation>
    </message>
    <message>
        <source>谁来办理？</source>
        <translation>Who is here?</translation>
    </message>
    <message>
        <source>按数字键选择，回车到下一项</source>
        <translation>Number keys pick, Enter goes on</translation>
    </message>
    <message>
        <source>为什么换号码？</source>
        <translation>Why does the number change?</translation>
    </message>
    <message>
        <source>原因说明</source>
        <translation>Reason in words</translation>
    </message>
    <message>
        <source>同时更换终端</source>
        <translation>Replace the terminal too</translation>
    </message>
    <message>
        <source>大字模式（长者、视力不便）</source>
        <translation>Large type (elderly, low vision)</translation>
    </message>
    <message>
        <source>排队号（可不填）</source>
        <translation>Queue ticket (optional)</translation>
    </message>
</context>
<context>
    <name>PrintPage</name>
    <message>
        <source>无法打印：用热敏打印机打印编号条</source>
        <translation>Cannot print: give the number on a thermal strip</translation>
    </message>
    <message>
        <source>编号条已送热敏打印机；没有打出请手写编号交客户，回执仍须补打</source>
        <translation>The strip went to the thermal printer; if it did not come out, write the number by hand. The receipt is still owed</translation>
    </message>
    <message>
        <source>正在打印，请稍候</source>
        <translation>Printing, please wait</translation>
    </message>
    <message>
        <source>件已保存，不会丢失</source>
        <translation>The case is saved and cannot be lost</translation>
    </message>
    <message>
        <source>编号已手写交给客户，回执仍须补打</source>
        <translation>The number was handed over in writing; the receipt is still owed</translation>
    </message>
    <message>
        <source>已送出；请看纸是否出来、是否清楚</source>
        <translation>Sent to the printer; see whether the paper is out and clear</translation>
    </message>
    <message>
        <source>受理编号</source>
        <translation>Acceptance number</translation>
    </message>
    <message>
        <source>请客户在回执上签名，客户联交客户；签好的留存联按 F6 拍下存入受理件。</source>
        <translation>The customer signs; one copy for them. Press F6 to file a picture of the signed branch copy.</translation>
    </message>
    <message>
        <source>纸已打印</source>
        <translation>The paper is out</translation>
    </message>
    <message>
        <source>重新打印&#x3000;F8</source>
        <translation>Print again&#x3000;F8</translation>
    </message>
    <message>
        <source>无法打印：手写受理编号交客户</source>
        <translation>Cannot print: write the number down for the customer</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>芯片核验：%1</source>
        <translation>Chip: %1</translation>
    </message>
    <message>
        <source>%1：%2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>未核实：%1</source>
        <translation>Not verified: %1</translation>
    </message>
    <message>
        <source>%1 项相符</source>
        <translation>%1 items agree</translation>
    </message>
    <message>
        <source>证件、委托书与影像一致</source>
        <translation>Document, letter and pictures agree</translation>
    </message>
    <message>
        <source>已电话向本人核实</source>
        <translation>Principal confirmed by telephone</translation>
    </message>
    <message>
        <source>补充证明充分</source>
        <translation>Further proof is sufficient</translation>
    </message>
    <message>
        <source>影像不清，请重拍</source>
        <translation>Picture unclear, take it again</translation>
    </message>
    <message>
        <source>录入与影像不一致</source>
        <translation>Entry differs from the picture</translation>
    </message>
    <message>
        <source>需再次联系本人</source>
        <translation>Contact the principal again</translation>
    </message>
    <message>
        <source>材料不真实或有疑点</source>
        <translation>Documents false or doubtful</translation>
    </message>
    <message>
        <source>本人否认委托</source>
        <translation>Principal denies the letter</translation>
    </message>
    <message>
        <source>不符合机构规定</source>
        <translation>Against the institution&apos;s rules</translation>
    </message>
    <message>
        <source>商户</source>
        <translation>Merchant</translation>
    </message>
    <message>
        <source>终端</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>办理人</source>
        <translation>Presenter</translation>
    </message>
    <message>
        <source>委托人</source>
        <translation>Principal</translation>
    </message>
    <message>
        <source>营业执照</source>
        <translation>Business licence</translation>
    </message>
    <message>
        <source>结算账户</source>
        <translation>Settlement account</translation>
    </message>
    <message>
        <source>原号码</source>
        <translation>Old number</translation>
    </message>
    <message>
        <source>新号码</source>
        <translation>New number</translation>
    </message>
    <message>
        <source>换上终端</source>
        <translation>Terminal handed out</translation>
    </message>
    <message>
        <source>无误</source>
        <translation>In order</translation>
    </message>
    <message>
        <source>存疑</source>
        <translation>Doubtful</translation>
    </message>
    <message>
        <source>影像不清或缺失</source>
        <translation>Pictures unclear or missing</translation>
    </message>
    <message>
        <source>证件或执照存疑</source>
        <translation>Document or licence doubtful</translation>
    </message>
    <message>
        <source>人证不符或疑似冒用</source>
        <translation>Not the person on the document</translation>
    </message>
    <message>
        <source>疑似非本人意愿</source>
        <translation>Perhaps not the customer&apos;s own will</translation>
    </message>
    <message>
        <source>手续或流程不全</source>
        <translation>Procedure incomplete</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>复核结论</source>
        <translation>Decision</translation>
    </message>
    <message>
        <source>复核人不能是本件的经办人；请逐项与影像比对后打勾</source>
        <translation>The second person must not have handled this case; compare each item with its picture and tick</translation>
    </message>
    <message>
        <source>委托书</source>
        <translation>Letter</translation>
    </message>
    <message>
        <source>风险</source>
        <translation>Risk</translation>
    </message>
    <message>
        <source>复核人此刻签入</source>
        <translation>The second person signs in now</translation>
    </message>
    <message>
        <source>理由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>补充说明（可选）</source>
        <translation>More words (optional)</translation>
    </message>
    <message>
        <source>补充说明</source>
        <translation>More words</translation>
    </message>
    <message>
        <source>提交</source>
        <translation>Submit</translation>
    </message>
</context>
<context>
    <name>ReviewRow</name>
    <message>
        <source>× 委托书未写</source>
        <translation>× Not in the letter</translation>
    </message>
    <message>
        <source>× 应为：%1</source>
        <translation>× Should be: %1</translation>
    </message>
</context>
<context>
    <name>ReviewSheet</name>
    <message>
        <source>%1（%2 分）</source>
        <translation>%1 (%2 points)</translation>
    </message>
    <message>
        <source>没有风险信号</source>
        <translation>No risk signals</translation>
    </message>
    <message>
        <source>已办理 %1 分钟</source>
        <translation>%1 minutes so far</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>还差</source>
        <translation>Missing</translation>
    </message>
    <message>
        <source>核查结果</source>
        <translation>Findings</translation>
    </message>
    <message>
        <source>风险</source>
        <translation>Risk</translation>
    </message>
    <message>
        <source>结束并打印告知单</source>
        <translation>End and print the notice</translation>
    </message>
    <message>
        <source>标记</source>
        <translation>Mark</translation>
    </message>
    <message>
        <source>疑似受人指挥：只在复核时可见，不打印</source>
        <translation>Seems to be instructed: seen at review only, never printed</translation>
    </message>
    <message>
        <source>证据</source>
        <translation>Evidence</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>首次登录或密码到期，请设一个新密码</source>
        <translation>First sign-in or password expired; please set a new one</translation>
    </message>
    <message>
        <source>两次输入的新密码不一样</source>
        <translation>The two new passwords differ</translation>
    </message>
    <message>
        <source>请登录</source>
        <translation>Please sign in</translation>
    </message>
    <message>
        <source>小型 POS 机换绑手机号码 · 柜台受理</source>
        <translation>Phone number change for POS terminals · counter</translation>
    </message>
    <message>
        <source>工号</source>
        <translation>Staff number</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>新密码（至少 10 个字符）</source>
        <translation>New password (ten characters or more)</translation>
    </message>
    <message>
        <source>再输一次新密码</source>
        <translation>New password again</translation>
    </message>
    <message>
        <source>登录&#x3000;Enter</source>
        <translation>Sign in&#x3000;Enter</translation>
    </message>
</context>
<context>
    <name>SignSheet</name>
    <message>
        <source>写错了，重新签</source>
        <translation>Begin anew</translation>
    </message>
    <message>
        <source>请您在框内签全名</source>
        <translation>Please sign with your full name in the box</translation>
    </message>
    <message>
        <source>受理编号 %1&#x3000;记录摘要 %2
签名只用于这份受理回执；笔迹加密保存，只有档案部门能打开</source>
        <translation>Acceptance no. %1&#x3000;record %2
The signature is for this receipt only; it is kept encrypted, and only the archive can open it</translation>
    </message>
    <message>
        <source>已签好，谢谢</source>
        <translation>Signed, thank you</translation>
    </message>
</context>
<context>
    <name>SignaturePad</name>
    <message>
        <source>签名框</source>
        <translation>Field to sign in</translation>
    </message>
</context>
<context>
    <name>SignedCopyView</name>
    <message>
        <source>请客户在签名板上签名</source>
        <translation>Ask the customer to sign on the pad</translation>
    </message>
    <message>
        <source>须客户本人单独同意</source>
        <translation>Needs the customer&apos;s own separate consent</translation>
    </message>
    <message>
        <source>改用签名板&#x3000;F7</source>
        <translation>Use the signature pad&#x3000;F7</translation>
    </message>
    <message>
        <source>签名已加密保存</source>
        <translation>The signature is kept, encrypted</translation>
    </message>
    <message>
        <source>此前已签过；以首次签名为准，这一次并存</source>
        <translation>Signed before: the first one counts, this one is kept beside it</translation>
    </message>
    <message>
        <source>返回&#x3000;Esc</source>
        <translation>Back&#x3000;Esc</translation>
    </message>
    <message>
        <source>请把客户签好的留存联放到摄像头下</source>
        <translation>Lay the signed branch copy under the camera</translation>
    </message>
    <message>
        <source>整页放平；按页上的二维码自动归入对应的受理件</source>
        <translation>The whole page, flat; its code files it with the right case by itself</translation>
    </message>
    <message>
        <source>客户签好的留存联</source>
        <translation>Signed branch copy</translation>
    </message>
    <message>
        <source>%1 已存入受理件</source>
        <translation>%1: filed with its case</translation>
    </message>
    <message>
        <source>这一页属于另一件，已归入该件；当前受理件仍待扫描</source>
        <translation>This page belongs to another case and was filed there; the one on the screen is still owed</translation>
    </message>
    <message>
        <source>已存好；再放一页请按空格</source>
        <translation>Filed; press Space for another page</translation>
    </message>
    <message>
        <source>%1&#x3000;同一张图已存过，没有重复保存</source>
        <translation>%1&#x3000;This very picture was kept before; not kept twice</translation>
    </message>
    <message>
        <source>%1&#x3000;此前已存过；以首次保存的为准，这一张并存</source>
        <translation>%1&#x3000;Kept before: the first one counts, this one is kept beside it</translation>
    </message>
    <message>
        <source>%1&#x3000;联网后自动送总部</source>
        <translation>%1&#x3000;Goes to head office as soon as there is a connection</translation>
    </message>
    <message>
        <source>没有保存；请按空格重拍</source>
        <translation>Nothing was kept; press Space to take it again</translation>
    </message>
    <message>
        <source>还有 %1 件的签字联没有存</source>
        <translation>%1 signed copies are not filed yet</translation>
    </message>
    <message>
        <source>签字联都已存好</source>
        <translation>Every signed copy is filed</translation>
    </message>
</context>
<context>
    <name>StartDialogs</name>
    <message>
        <source>打开资料库的口令</source>
        <translation>Passphrase of the store</translation>
    </message>
    <message>
        <source>为新的资料库设一个口令（遗失无法找回）</source>
        <translation>Choose a passphrase for the new store (it cannot be recovered)</translation>
    </message>
    <message>
        <source>再输入一次新口令</source>
        <translation>Enter the new passphrase again</translation>
    </message>
    <message>
        <source>无法打开</source>
        <translation>Cannot open</translation>
    </message>
    <message>
        <source>换绑手机号码 · 柜台受理</source>
        <translation>Phone number change · counter</translation>
    </message>
</context>
<context>
    <name>StepRail</name>
    <message>
        <source>第 {} 步，共 {} 步</source>
        <translation>Step {} of {}</translation>
    </message>
    <message>
        <source>更正件：受理后取代原件</source>
        <translation>Correction: takes the place of the other case</translation>
    </message>
</context>
<context>
    <name>SubjectView</name>
    <message>
        <source>%1 件提到此人</source>
        <translation>%1 cases mention this person</translation>
    </message>
    <message>
        <source>没有此人的信息</source>
        <translation>Nothing is held about this person</translation>
    </message>
    <message>
        <source>已复制 %1 件、%2 个文件</source>
        <translation>Copied: %1 cases, %2 files</translation>
    </message>
    <message>
        <source>已记下；需要改的，请按更正另办一件</source>
        <translation>Taken down; what has to change needs a correcting case</translation>
    </message>
    <message>
        <source>签入已超过两分钟：请再输入密码，按 Enter 重新查找</source>
        <translation>You signed in more than two minutes ago: type the password again and press Enter to search anew</translation>
    </message>
    <message>
        <source>个人信息查阅、复制、更正</source>
        <translation>A person&apos;s own data: see, copy, correct</translation>
    </message>
    <message>
        <source>复核人、主任或审计员此刻签入；查找的内容不留存，日志只记查了几件</source>
        <translation>A reviewer, manager or auditor signs in now; what is searched for is not kept, the journal says only how many cases</translation>
    </message>
    <message>
        <source>工号</source>
        <translation>Staff number</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>证件号、手机号或姓名</source>
        <translation>Document number, mobile number or name</translation>
    </message>
    <message>
        <source>查找</source>
        <translation>Find</translation>
    </message>
    <message>
        <source>复制到新文件夹（影像加“仅供办理换绑手机号使用”，文件为明文，当面交给本人）</source>
        <translation>Copy to a new folder (pictures are marked for this purpose; files are in the clear, for the person only)</translation>
    </message>
    <message>
        <source>复制全部</source>
        <translation>Copy everything</translation>
    </message>
</context>
<context>
    <name>SwapPage</name>
    <message>
        <source>请扫描新终端背面的标签；只能换给同一商户、同一地址</source>
        <translation>Scan the label of the new terminal; same merchant and address only</translation>
    </message>
    <message>
        <source>新终端序列号</source>
        <translation>New terminal&apos;s serial number</translation>
    </message>
    <message>
        <source>尚未扫描</source>
        <translation>Not scanned yet</translation>
    </message>
    <message>
        <source>正在查询是否已绑定</source>
        <translation>Looking up whether it is bound</translation>
    </message>
    <message>
        <source>× 已绑定别的商户</source>
        <translation>× Bound to another merchant</translation>
    </message>
    <message>
        <source>✓ 未被绑定，可以换上</source>
        <translation>✓ Not bound, can be used</translation>
    </message>
    <message>
        <source>换下</source>
        <translation>Taken back</translation>
    </message>
    <message>
        <source>换上</source>
        <translation>Handed out</translation>
    </message>
</context>
<context>
    <name>TerminalPage</name>
    <message>
        <source>摄像头读到的序列号，请核对后按回车</source>
        <translation>Serial number read by the camera; check, then Enter</translation>
    </message>
    <message>
        <source>商户编号</source>
        <translation>Merchant number</translation>
    </message>
    <message>
        <source>商户类型</source>
        <translation>Kind of merchant</translation>
    </message>
    <message>
        <source>收单机构</source>
        <translation>Acquirer</translation>
    </message>
    <message>
        <source>负责人</source>
        <translation>Principal</translation>
    </message>
    <message>
        <source>绑定手机号</source>
        <translation>Bound number</translation>
    </message>
    <message>
        <source>上次变更</source>
        <translation>Last change</translation>
    </message>
    <message>
        <source>没有变更过</source>
        <translation>Never changed</translation>
    </message>
    <message>
        <source>经营地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>名下终端</source>
        <translation>Terminals</translation>
    </message>
    <message>
        <source>{} 台</source>
        <translation>{}</translation>
    </message>
    <message>
        <source>哪台终端？</source>
        <translation>Which terminal?</translation>
    </message>
    <message>
        <source>扫描机身背面的序列号，或输入序列号、商户编号后按回车；标签磨损时按 F6 用摄像头</source>
        <translation>Scan the serial number on the back, or type it or the merchant number, then Enter; worn label: F6</translation>
    </message>
    <message>
        <source>终端序列号或商户编号</source>
        <translation>Serial number or merchant number</translation>
    </message>
    <message>
        <source>这台终端登记在几个商户名下，请输入商户编号</source>
        <translation>Several merchants have this terminal; enter the merchant number</translation>
    </message>
    <message>
        <source>办理哪台终端？</source>
        <translation>Which terminal is it about?</translation>
    </message>
</context>
<context>
    <name>Texts</name>
    <message>
        <source>终端与商户</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>谁来办理</source>
        <translation>Who is here</translation>
    </message>
    <message>
        <source>办理人证件</source>
        <translation>Presenter&apos;s ID</translation>
    </message>
    <message>
        <source>委托人证件</source>
        <translation>Principal&apos;s ID</translation>
    </message>
    <message>
        <source>授权委托书</source>
        <translation>Delegation letter</translation>
    </message>
    <message>
        <source>材料</source>
        <translation>Documents</translation>
    </message>
    <message>
        <source>原号码</source>
        <translation>Old number</translation>
    </message>
    <message>
        <source>新号码</source>
        <translation>New number</translation>
    </message>
    <message>
        <source>更换终端</source>
        <translation>Terminal swap</translation>
    </message>
    <message>
        <source>补充核实</source>
        <translation>Extra checks</translation>
    </message>
    <message>
        <source>客户核对</source>
        <translation>Customer checks</translation>
    </message>
    <message>
        <source>复核</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>受理</source>
        <translation>Accept</translation>
    </message>
    <message>
        <source>打印与签名</source>
        <translation>Print and sign</translation>
    </message>
    <message>
        <source>交付终端</source>
        <translation>Hand over</translation>
    </message>
    <message>
        <source>接下来</source>
        <translation>What comes next</translation>
    </message>
    <message>
        <source>哪台终端？</source>
        <translation>Which terminal?</translation>
    </message>
    <message>
        <source>谁来办理？</source>
        <translation>Who is here?</translation>
    </message>
    <message>
        <source>请出示办理人的证件</source>
        <translation>The presenter&apos;s document, please</translation>
    </message>
    <message>
        <source>委托人的证件呢？</source>
        <translation>And the principal&apos;s document?</translation>
    </message>
    <message>
        <source>委托书写了什么？</source>
        <translation>What does the letter say?</translation>
    </message>
    <message>
        <source>材料齐了吗？</source>
        <translation>Is everything here?</translation>
    </message>
    <message>
        <source>原号码还能用吗？</source>
        <translation>Does the old number still work?</translation>
    </message>
    <message>
        <source>新号码是多少？</source>
        <translation>What is the new number?</translation>
    </message>
    <message>
        <source>换哪台终端？</source>
        <translation>Which terminal instead?</translation>
    </message>
    <message>
        <source>还需核实什么？</source>
        <translation>What else must be checked?</translation>
    </message>
    <message>
        <source>请客户核对</source>
        <translation>The customer checks</translation>
    </message>
    <message>
        <source>请复核人授权</source>
        <translation>Ask the second person</translation>
    </message>
    <message>
        <source>可以受理了吗？</source>
        <translation>Ready to accept?</translation>
    </message>
    <message>
        <source>请打印并签名</source>
        <translation>Print and sign, please</translation>
    </message>
    <message>
        <source>终端交给客户了吗？</source>
        <translation>Is the terminal handed over?</translation>
    </message>
    <message>
        <source>终端或商户编号</source>
        <translation>Terminal or merchant number</translation>
    </message>
    <message>
        <source>办理人身份</source>
        <translation>Who is here</translation>
    </message>
    <message>
        <source>变更原因</source>
        <translation>Reason for the change</translation>
    </message>
    <message>
        <source>原因说明</source>
        <translation>Reason in words</translation>
    </message>
    <message>
        <source>证件</source>
        <translation>Document</translation>
    </message>
    <message>
        <source>人证比对</source>
        <translation>Face comparison</translation>
    </message>
    <message>
        <source>营业执照</source>
        <translation>Business licence</translation>
    </message>
    <message>
        <source>结算账户确认</source>
        <translation>Settlement account</translation>
    </message>
    <message>
        <source>原号码核实结果</source>
        <translation>Old number&apos;s outcome</translation>
    </message>
    <message>
        <source>客户再输一次</source>
        <translation>Second entry by the customer</translation>
    </message>
    <message>
        <source>号码登记人</source>
        <translation>Holder of the number</translation>
    </message>
    <message>
        <source>验证码</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>正在查询</source>
        <translation>Looking up</translation>
    </message>
    <message>
        <source>新终端序列号</source>
        <translation>New terminal&apos;s serial number</translation>
    </message>
    <message>
        <source>客户同意</source>
        <translation>Customer&apos;s consent</translation>
    </message>
    <message>
        <source>纸质回执</source>
        <translation>Paper receipt</translation>
    </message>
    <message>
        <source>无法打印的字：以图片为准</source>
        <translation>A character that cannot be printed: its picture counts</translation>
    </message>
    <message>
        <source>先陪客户坐一会儿</source>
        <translation>Sit with the customer for a minute</translation>
    </message>
    <message>
        <source>提醒</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>需复核</source>
        <translation>Needs review</translation>
    </message>
    <message>
        <source>不能继续</source>
        <translation>Cannot go on</translation>
    </message>
    <message>
        <source>尚无证据</source>
        <translation>No evidence yet</translation>
    </message>
    <message>
        <source>手工录入</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>证件影像</source>
        <translation>Picture</translation>
    </message>
    <message>
        <source>芯片</source>
        <translation>Chip</translation>
    </message>
    <message>
        <source>芯片 + 人证一致</source>
        <translation>Chip + face</translation>
    </message>
    <message>
        <source>手录</source>
        <translation>Typed</translation>
    </message>
    <message>
        <source>识别</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>低</source>
        <translation>Low</translation>
    </message>
    <message>
        <source>中</source>
        <translation>Medium</translation>
    </message>
    <message>
        <source>高</source>
        <translation>High</translation>
    </message>
    <message>
        <source>经办</source>
        <translation>Clerk</translation>
    </message>
    <message>
        <source>主管</source>
        <translation>Manager</translation>
    </message>
    <message>
        <source>审计</source>
        <translation>Auditor</translation>
    </message>
    <message>
        <source>管理员</source>
        <translation>Administrator</translation>
    </message>
    <message>
        <source>读卡器</source>
        <translation>Reader</translation>
    </message>
    <message>
        <source>摄像头</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>打印机</source>
        <translation>Printer</translation>
    </message>
    <message>
        <source>后台</source>
        <translation>Head office</translation>
    </message>
    <message>
        <source>请把身份证平放在读卡器上</source>
        <translation>Lay the identity card flat on the reader</translation>
    </message>
    <message>
        <source>正在识别影像，请稍候</source>
        <translation>Reading the picture, please wait</translation>
    </message>
    <message>
        <source>正在发送验证码</source>
        <translation>Sending the code</translation>
    </message>
    <message>
        <source>正在核对验证码</source>
        <translation>Checking the code</translation>
    </message>
    <message>
        <source>正在核对复核人身份</source>
        <translation>Checking the second person</translation>
    </message>
    <message>
        <source>正在受理，请勿关机</source>
        <translation>Accepting, do not switch off</translation>
    </message>
    <message>
        <source>正在打印</source>
        <translation>Printing</translation>
    </message>
    <message>
        <source>正在保存结果</source>
        <translation>Saving the result</translation>
    </message>
    <message>
        <source>zh</source>
        <translation>en</translation>
    </message>
    <message>
        <source>居民身份证</source>
        <translation>Resident identity card</translation>
    </message>
    <message>
        <source>临时居民身份证</source>
        <translation>Temporary identity card</translation>
    </message>
    <message>
        <source>护照</source>
        <translation>Passport</translation>
    </message>
    <message>
        <source>港澳居民来往内地通行证</source>
        <translation>Hong Kong and Macau travel permit</translation>
    </message>
    <message>
        <source>台湾居民来往大陆通行证</source>
        <translation>Taiwan travel permit</translation>
    </message>
    <message>
        <source>港澳台居民居住证</source>
        <translation>Residence permit (HK, Macau, Taiwan)</translation>
    </message>
    <message>
        <source>外国人永久居留身份证</source>
        <translation>Foreigner&apos;s permanent residence card</translation>
    </message>
    <message>
        <source>本人</source>
        <translation>Principal</translation>
    </message>
    <message>
        <source>代办人</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>核查一致</source>
        <translation>Consistent</translation>
    </message>
    <message>
        <source>姓名不符</source>
        <translation>Name differs</translation>
    </message>
    <message>
        <source>号码不存在</source>
        <translation>No such number</translation>
    </message>
    <message>
        <source>照片不符</source>
        <translation>Photo differs</translation>
    </message>
    <message>
        <source>证件已作废</source>
        <translation>Document void</translation>
    </message>
    <message>
        <source>未能核查</source>
        <translation>Not possible</translation>
    </message>
    <message>
        <source>企业</source>
        <translation>Enterprise</translation>
    </message>
    <message>
        <source>个体工商户</source>
        <translation>Sole proprietor</translation>
    </message>
    <message>
        <source>小微商户</source>
        <translation>Micro merchant</translation>
    </message>
    <message>
        <source>个人</source>
        <translation>Individual</translation>
    </message>
    <message>
        <source>正常</source>
        <translation>Active</translation>
    </message>
    <message>
        <source>已冻结</source>
        <translation>Frozen</translation>
    </message>
    <message>
        <source>已注销</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>购买</source>
        <translation>Bought</translation>
    </message>
    <message>
        <source>租赁</source>
        <translation>Leased</translation>
    </message>
    <message>
        <source>押金</source>
        <translation>Deposit</translation>
    </message>
    <message>
        <source>个人借记卡</source>
        <translation>Personal debit card</translation>
    </message>
    <message>
        <source>对公账户</source>
        <translation>Corporate account</translation>
    </message>
    <message>
        <source>签署的委托书</source>
        <translation>Signed letter</translation>
    </message>
    <message>
        <source>公证的委托书</source>
        <translation>Notarised letter</translation>
    </message>
    <message>
        <source>员工</source>
        <translation>Employee</translation>
    </message>
    <message>
        <source>亲属</source>
        <translation>Relative</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>变更绑定手机号码</source>
        <translation>Change the bound number</translation>
    </message>
    <message>
        <source>领取终端</source>
        <translation>Collect the terminal</translation>
    </message>
    <message>
        <source>领取回执</source>
        <translation>Collect the receipt</translation>
    </message>
    <message>
        <source>全权办理</source>
        <translation>All matters</translation>
    </message>
    <message>
        <source>无涂改</source>
        <translation>No alterations</translation>
    </message>
    <message>
        <source>涂改处有签章</source>
        <translation>Alterations initialled</translation>
    </message>
    <message>
        <source>有涂改，无签章</source>
        <translation>Altered, not initialled</translation>
    </message>
    <message>
        <source>内地</source>
        <translation>Mainland</translation>
    </message>
    <message>
        <source>香港</source>
        <translation>Hong Kong</translation>
    </message>
    <message>
        <source>澳门</source>
        <translation>Macau</translation>
    </message>
    <message>
        <source>台湾</source>
        <translation>Taiwan</translation>
    </message>
    <message>
        <source>国外</source>
        <translation>Abroad</translation>
    </message>
    <message>
        <source>变更受理回执</source>
        <translation>Acceptance receipt</translation>
    </message>
    <message>
        <source>一次性告知单</source>
        <translation>List of what is missing</translation>
    </message>
    <message>
        <source>不予受理通知</source>
        <translation>Notice of refusal</translation>
    </message>
    <message>
        <source>作废通知</source>
        <translation>Void notice</translation>
    </message>
    <message>
        <source>更正通知</source>
        <translation>Correction notice</translation>
    </message>
    <message>
        <source>终端交接单</source>
        <translation>Terminal hand-over slip</translation>
    </message>
    <message>
        <source>授权委托书样式</source>
        <translation>Letter form</translation>
    </message>
    <message>
        <source>受理编号手写条</source>
        <translation>Handwritten number slip</translation>
    </message>
    <message>
        <source>日终汇总</source>
        <translation>Day summary</translation>
    </message>
    <message>
        <source>交接班单</source>
        <translation>Shift hand-over</translation>
    </message>
    <message>
        <source>自动识别</source>
        <translation>Find out</translation>
    </message>
    <message>
        <source>护照或通行证机读页</source>
        <translation>Passport or permit, machine-readable page</translation>
    </message>
    <message>
        <source>身份证人像面</source>
        <translation>Identity card, portrait side</translation>
    </message>
    <message>
        <source>身份证国徽面</source>
        <translation>Identity card, emblem side</translation>
    </message>
    <message>
        <source>银行卡</source>
        <translation>Bank card</translation>
    </message>
    <message>
        <source>终端标签</source>
        <translation>Terminal label</translation>
    </message>
    <message>
        <source>请把证件放进画面</source>
        <translation>Put the document into the picture</translation>
    </message>
    <message>
        <source>证件超出画面，请移到中间</source>
        <translation>Document outside the picture, move it to the middle</translation>
    </message>
    <message>
        <source>请靠近一点</source>
        <translation>Closer, please</translation>
    </message>
    <message>
        <source>太暗，请补光</source>
        <translation>Too dark, more light please</translation>
    </message>
    <message>
        <source>光线太亮</source>
        <translation>Too bright</translation>
    </message>
    <message>
        <source>有反光，请稍稍转动</source>
        <translation>Glare, turn it a little</translation>
    </message>
    <message>
        <source>画面模糊，请放稳不要移动</source>
        <translation>Blurred, hold still</translation>
    </message>
    <message>
        <source>像是屏幕上的照片，请用原件</source>
        <translation>Looks like a photo of a screen; use the original</translation>
    </message>
    <message>
        <source>请翻到另一面</source>
        <translation>Turn it over</translation>
    </message>
    <message>
        <source>字迹不清，请核对</source>
        <translation>Hard to read, please check</translation>
    </message>
    <message>
        <source>请核对</source>
        <translation>Please check</translation>
    </message>
    <message>
        <source>校验位不符，请核对</source>
        <translation>Check digit wrong, please check</translation>
    </message>
    <message>
        <source>已自动更正，请核对</source>
        <translation>Corrected, please check</translation>
    </message>
    <message>
        <source>两处不一致，请核对</source>
        <translation>Two places differ, please check</translation>
    </message>
    <message>
        <source>格式不对，请核对</source>
        <translation>Wrong format, please check</translation>
    </message>
    <message>
        <source>读到多个值，请核对</source>
        <translation>Several values found, please check</translation>
    </message>
    <message>
        <source>移动号段</source>
        <translation>Mobile</translation>
    </message>
    <message>
        <source>虚拟运营商号段</source>
        <translation>Virtual operator</translation>
    </message>
    <message>
        <source>上网卡号段</source>
        <translation>Data only</translation>
    </message>
    <message>
        <source>卫星号段</source>
        <translation>Satellite</translation>
    </message>
    <message>
        <source>物联网卡号段</source>
        <translation>Terminal SIM</translation>
    </message>
    <message>
        <source>未分配号段</source>
        <translation>Unassigned</translation>
    </message>
    <message>
        <source>格式不对</source>
        <translation>Wrong format</translation>
    </message>
    <message>
        <source>原号码已注销</source>
        <translation>Old number cancelled</translation>
    </message>
    <message>
        <source>手机或卡丢失</source>
        <translation>Phone or card lost</translation>
    </message>
    <message>
        <source>更换运营商</source>
        <translation>Operator changed</translation>
    </message>
    <message>
        <source>更换联系人</source>
        <translation>Contact changed</translation>
    </message>
    <message>
        <source>法定代表人变更</source>
        <translation>Legal representative changed</translation>
    </message>
    <message>
        <source>原号码持有员工离职</source>
        <translation>Employee with the old number left</translation>
    </message>
    <message>
        <source>店铺转让</source>
        <translation>Business transferred</translation>
    </message>
    <message>
        <source>改用公司号码</source>
        <translation>Company number from now on</translation>
    </message>
    <message>
        <source>收不到短信</source>
        <translation>No messages arrive</translation>
    </message>
    <message>
        <source>原号码非本人实名</source>
        <translation>Old number not in own name</translation>
    </message>
    <message>
        <source>怀疑被他人使用</source>
        <translation>Suspected misuse by others</translation>
    </message>
    <message>
        <source>未询问</source>
        <translation>Not asked</translation>
    </message>
    <message>
        <source>回答正确</source>
        <translation>Passed</translation>
    </message>
    <message>
        <source>答不上来</source>
        <translation>Failed</translation>
    </message>
    <message>
        <source>接通，本人确认</source>
        <translation>Reached, confirmed</translation>
    </message>
    <message>
        <source>接通，本人否认</source>
        <translation>Reached, denied</translation>
    </message>
    <message>
        <source>无人接听</source>
        <translation>No answer</translation>
    </message>
    <message>
        <source>停机或空号</source>
        <translation>Out of service</translation>
    </message>
    <message>
        <source>已验证</source>
        <translation>Verified</translation>
    </message>
    <message>
        <source>无法接收短信</source>
        <translation>Receives no messages</translation>
    </message>
    <message>
        <source>客户不愿验证</source>
        <translation>Customer declined</translation>
    </message>
    <message>
        <source>无证明</source>
        <translation>No proof</translation>
    </message>
    <message>
        <source>挂失单</source>
        <translation>Loss slip</translation>
    </message>
    <message>
        <source>销户证明</source>
        <translation>Cancellation slip</translation>
    </message>
    <message>
        <source>报警回执</source>
        <translation>Police report</translation>
    </message>
    <message>
        <source>验证码正确</source>
        <translation>Code right</translation>
    </message>
    <message>
        <source>验证码错误</source>
        <translation>Code wrong</translation>
    </message>
    <message>
        <source>未能发送</source>
        <translation>Could not be sent</translation>
    </message>
    <message>
        <source>法定代表人</source>
        <translation>Legal representative</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Company</translation>
    </message>
    <message>
        <source>其他人</source>
        <translation>Somebody else</translation>
    </message>
    <message>
        <source>三要素一致</source>
        <translation>All three agree</translation>
    </message>
    <message>
        <source>三要素不一致</source>
        <translation>They differ</translation>
    </message>
    <message>
        <source>未能核验</source>
        <translation>Not possible</translation>
    </message>
    <message>
        <source>已阅读并同意个人信息处理告知</source>
        <translation>Has read and accepts the notice</translation>
    </message>
    <message>
        <source>单独同意处理敏感个人信息（证件、面部影像）</source>
        <translation>Separate consent to process sensitive data (documents, face)</translation>
    </message>
    <message>
        <source>同意</source>
        <translation>Approve</translation>
    </message>
    <message>
        <source>退回</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>拒绝</source>
        <translation>Refuse</translation>
    </message>
    <message>
        <source>办理中</source>
        <translation>In progress</translation>
    </message>
    <message>
        <source>已挂起</source>
        <translation>Parked</translation>
    </message>
    <message>
        <source>待复核</source>
        <translation>Awaiting review</translation>
    </message>
    <message>
        <source>未受理</source>
        <translation>Not accepted</translation>
    </message>
    <message>
        <source>已转线上</source>
        <translation>Moved online</translation>
    </message>
    <message>
        <source>已受理未打印</source>
        <translation>Accepted, unprinted</translation>
    </message>
    <message>
        <source>待上送</source>
        <translation>To be sent</translation>
    </message>
    <message>
        <source>已上送</source>
        <translation>Sent</translation>
    </message>
    <message>
        <source>后台已收</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>后台处理中</source>
        <translation>In process</translation>
    </message>
    <message>
        <source>已生效</source>
        <translation>In force</translation>
    </message>
    <message>
        <source>后台驳回</source>
        <translation>Rejected</translation>
    </message>
    <message>
        <source>需补材料</source>
        <translation>More needed</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Voided</translation>
    </message>
    <message>
        <source>申请撤回中</source>
        <translation>Withdrawal asked</translation>
    </message>
    <message>
        <source>已被更正</source>
        <translation>Corrected</translation>
    </message>
    <message>
        <source>逾期未办</source>
        <translation>Not finished in time</translation>
    </message>
    <message>
        <source>近 90 天内换过号码</source>
        <translation>Number changed in the last 90 days</translation>
    </message>
    <message>
        <source>新号码还绑定其他人的商户</source>
        <translation>New number serves other people&apos;s merchants</translation>
    </message>
    <message>
        <source>新号码属于第三人</source>
        <translation>New number belongs to a third person</translation>
    </message>
    <message>
        <source>原号码无法核实且无证明</source>
        <translation>Old number unverified without proof</translation>
    </message>
    <message>
        <source>近 30 天内换过结算账户</source>
        <translation>Account changed in the last 30 days</translation>
    </message>
    <message>
        <source>新号码不在委托书上</source>
        <translation>New number not in the letter</translation>
    </message>
    <message>
        <source>代办人频繁代办</source>
        <translation>Agent acts very often</translation>
    </message>
    <message>
        <source>证件采集方式较弱</source>
        <translation>Weak capture of the document</translation>
    </message>
    <message>
        <source>证件无效</source>
        <translation>Document invalid</translation>
    </message>
    <message>
        <source>终端属于其他商户</source>
        <translation>Terminal of another merchant</translation>
    </message>
    <message>
        <source>不了解商户情况</source>
        <translation>Does not know the merchant</translation>
    </message>
    <message>
        <source>与上次申请原因不一致</source>
        <translation>Reason differs from last time</translation>
    </message>
    <message>
        <source>疑似受人指挥</source>
        <translation>Seems to be instructed</translation>
    </message>
    <message>
        <source>同日代办多户</source>
        <translation>Several merchants on one day</translation>
    </message>
    <message>
        <source>刚刚</source>
        <translation>just now</translation>
    </message>
    <message>
        <source>{} 分钟</source>
        <translation>{} min</translation>
    </message>
    <message>
        <source>{} 小时</source>
        <translation>{} h</translation>
    </message>
    <message>
        <source>{} 天</source>
        <translation>{} d</translation>
    </message>
    <message>
        <source>培训环境</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>演示环境</source>
        <translation>Demonstration</translation>
    </message>
    <message>
        <source>变更结果确认单</source>
        <translation>Confirmation of the result</translation>
    </message>
    <message>
        <source>芯片照片</source>
        <translation>Portrait from the chip</translation>
    </message>
    <message>
        <source>客户签字联</source>
        <translation>Copy the customer signed</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>无待上送</source>
        <translation>Nothing to send</translation>
    </message>
    <message>
        <source>待上送 {}</source>
        <translation>{} to send</translation>
    </message>
    <message>
        <source>{} · 最久 {}</source>
        <translation>{} · oldest {}</translation>
    </message>
</context>
<context>
    <name>WaitingRow</name>
    <message>
        <source>经办 %1</source>
        <translation>Handled by %1</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>换绑手机号码 · 柜台受理</source>
        <translation>Phone number change · counter</translation>
    </message>
</context>
</TS>
